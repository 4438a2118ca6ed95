import { Buffer } from "node:buffer";
import { createHash, type Hash } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { type Header, type Pack, pack } from "tar-stream";
import { VineError } from "../../model/errors.js";
import { drained } from "./drained.js";
import { indexOf, type Survey, type TreeEntry } from "./survey.js";
import type { TreeIndex } from "./tree-index.js";

const CHUNK_BYTES = 1024 * 1024;

export interface PackedTree {
  /** The tar stream. Ends with an error (INPUT_CHANGED) when a file is not what was surveyed. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** The Merkle digest of what was sent, where it was asked for: once the stream has ended. */
  digest(): string;
}

/** Streams a surveyed directory tree as tar: sorted, without times and owners, so that equal trees give equal bytes. */
export function packTree(root: string, survey: Survey, isHashed = false): PackedTree {
  const index = indexOf(survey.entries, "");
  const chunks = tarChunks(root, { survey, index: isHashed ? index : undefined });
  return { chunks, digest: () => index.digest() };
}

interface Packing {
  readonly survey: Survey;
  /** Where the digests of files are noted, if they are wanted. */
  readonly index: TreeIndex | undefined;
}

async function* tarChunks(root: string, tree: Packing): AsyncGenerator<Uint8Array> {
  const tar = pack();
  const packing = packEntries(tar, root, tree).then(
    () => tar.finalize(),
    (error: unknown) => tar.destroy(error as Error),
  );
  try {
    for await (const chunk of tar) yield chunk as Uint8Array;
  } finally {
    tar.destroy();
    await packing;
  }
}

async function packEntries(tar: Pack, root: string, { survey, index }: Packing): Promise<void> {
  for (const entry of survey.entries) {
    if (tar.destroyed) return;
    if (entry.type !== "file") await packEmpty(tar, entry);
    else if (index === undefined) await packFile(tar, root, entry);
    else {
      const hash = createHash("sha256");
      await packFile(tar, root, entry, hash);
      index.settleFile(entry.path, hash.digest("hex"), entry.size);
    }
  }
}

function headerOf(entry: TreeEntry): Partial<Header> & Pick<Header, "name"> {
  const common = { name: entry.path, mtime: new Date(0), uid: 0, gid: 0 };
  if (entry.type === "dir") return { ...common, type: "directory", mode: 0o755 };
  if (entry.type === "link") return { ...common, type: "symlink", linkname: entry.target, mode: 0o777 };
  return { ...common, type: "file", size: entry.size, mode: entry.executable ? 0o755 : 0o644 };
}

async function packEmpty(tar: Pack, entry: TreeEntry): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    tar.entry(headerOf(entry), (error) => (error ? reject(error) : resolve()));
  });
}

async function packFile(tar: Pack, root: string, entry: TreeEntry, hash?: Hash): Promise<void> {
  const file = await open(`${root}/${entry.path}`, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    await new Promise<void>((resolve, reject) => {
      const sink = tar.entry(headerOf(entry), (error) => (error ? reject(error) : resolve()));
      // Told through the callback as well.
      sink.on("error", () => undefined);
      writeChunks(sink, chunksOf(file, { entry, hash })).catch(reject);
    });
  } finally {
    await file.close();
  }
}

async function writeChunks(
  sink: ReturnType<Pack["entry"]>,
  chunks: AsyncIterable<Uint8Array>,
): Promise<void> {
  for await (const chunk of chunks) if (!sink.write(chunk)) await drained(sink);
  sink.end(null);
}

async function* chunksOf(
  file: FileHandle,
  of: { entry: TreeEntry; hash: Hash | undefined },
): AsyncGenerator<Uint8Array> {
  for (let left = of.entry.size; left > 0; ) {
    const chunk = Buffer.allocUnsafeSlow(Math.min(left, CHUNK_BYTES));
    const { bytesRead } = await file.read(chunk, 0, chunk.length, null);
    if (bytesRead === 0)
      throw new VineError("INPUT_CHANGED", `${of.entry.path} became shorter while it was sent`);
    left -= bytesRead;
    const read = chunk.subarray(0, bytesRead);
    of.hash?.update(read);
    yield read;
  }
}
