import { Buffer } from "node:buffer";
import { pack } from "tar-stream";

/** An entry of a tar archive, checked by nobody. */
export interface HostileEntry {
  readonly name: string;
  readonly type?: "file" | "directory" | "symlink" | "link" | "fifo" | "character-device" | "block-device";
  readonly content?: string;
  readonly target?: string;
  readonly mode?: number;
}

/** A tar archive of exactly these entries, whatever they are called. */
export async function tarOf(entries: readonly HostileEntry[]): Promise<Buffer> {
  const tar = pack();
  for (const { name, type = "file", content = "", target = "", mode = 0o644 } of entries) {
    const header = { name, type, mode, ...(target === "" ? {} : { linkname: target }) };
    if (type === "file") tar.entry(header, content);
    else tar.entry(header);
  }
  tar.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of tar) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

/** A tar header made by hand, for what no library writes. `size`: the 12 bytes of its field. */
export function rawTarHeader(name: string, type: string, size: Uint8Array): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write("000644 \0", 100);
  Buffer.from(size).copy(header, 124, 0, 12);
  header.write("00000000000 ", 136);
  header.write(type, 156);
  header.write("ustar\x0000", 257);
  header.fill(" ", 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return header;
}
