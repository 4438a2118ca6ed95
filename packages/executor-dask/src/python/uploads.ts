import { rmSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { type ExecutorHost, VineError, type VineFile } from "@taskvine/core/executor";

interface Upload {
  readonly path: string;
  readonly handle: Promise<FileHandle>;
}

/** What is too large for one message: it comes from the program in pieces, in any order, and becomes a file of the run. */
export class Uploads {
  readonly #host: ExecutorHost;
  readonly #token: string;
  readonly #open = new Map<number, Upload>();
  readonly #files: VineFile[] = [];

  /** `token`: of the graph that it is for. */
  constructor(host: ExecutorHost, token: string) {
    this.#host = host;
    this.#token = token.replaceAll(/[^\w-]/g, "_");
  }

  /** `number`: of the upload, as the program counts them; `at`: where in it these bytes belong. */
  async put(number: number, at: number, bytes: Uint8Array): Promise<void> {
    let upload = this.#open.get(number);
    if (upload === undefined) {
      const path = join(this.#host.runDirectory, `dask-literal-${this.#token}-${number}`);
      upload = { path, handle: open(path, "w", 0o600) };
      this.#open.set(number, upload);
    }
    const handle = await upload.handle;
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, at + done);
      done += bytesWritten;
    }
  }

  /** All of it has come. */
  finish(number: number): VineFile {
    const upload = this.#open.get(number);
    if (upload === undefined) throw new VineError("BAD_ARGUMENT", `there is no upload ${number}`);
    this.#open.delete(number);
    closeLater(upload);
    const file = this.#host.declareFile(upload.path, { unlinkWhenDone: true });
    this.#files.push(file);
    return file;
  }

  /** Nobody needs any of it any more. */
  clear(): void {
    for (const file of this.#files.splice(0)) this.#host.undeclare(file);
    for (const upload of this.#open.values()) {
      closeLater(upload);
      rmSync(upload.path, { force: true });
    }
    this.#open.clear();
  }
}

function closeLater({ handle }: Upload): void {
  handle.then((opened) => opened.close()).catch(() => undefined);
}
