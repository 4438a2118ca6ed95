import { type Extract, extract } from "tar-stream";
import { VineError } from "../../model/errors.js";
import { drained } from "./drained.js";
import type { FileSink, TreeWriter } from "./tree-writer.js";

type Entry = Extract extends AsyncIterable<infer E> ? E : never;

/**
 * Writes what a tar stream holds. Names may begin with "./" and end with "/", as tar programs write them; all else
 * is the writer's to refuse. Throws ARCHIVE_DAMAGED where the stream is no tar or ends too early.
 */
export async function extractTar(chunks: AsyncIterable<Uint8Array>, writer: TreeWriter): Promise<void> {
  const tar = extract();
  const written = writeEntries(tar, writer).finally(() => tar.destroy(null));
  const fed = feed(tar, chunks);
  const [writing, feeding] = await Promise.allSettled([written, fed]);
  if (feeding.status === "rejected") throw feeding.reason;
  if (writing.status === "rejected") throw damage(writing.reason);
}

/** What tar-stream throws has no code; everything else is not the archive's fault. */
function damage(error: unknown): unknown {
  if (error instanceof VineError || !(error instanceof Error) || "code" in error) return error;
  return new VineError("ARCHIVE_DAMAGED", `the tar stream cannot be read: ${error.message}`, {
    cause: error,
  });
}

async function feed(tar: Extract, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    for await (const chunk of chunks) {
      if (tar.destroyed) return;
      if (!tar.write(chunk)) await drained(tar);
    }
    tar.end(null);
  } catch (error) {
    tar.destroy(null);
    throw error;
  }
}

async function writeEntries(tar: Extract, writer: TreeWriter): Promise<void> {
  for await (const entry of tar) await writeEntry(entry, writer);
}

async function writeEntry(entry: Entry, writer: TreeWriter): Promise<void> {
  const { header } = entry;
  const name = plainName(header.name);
  if (!Number.isSafeInteger(header.size) || header.size < 0 || Object.is(header.size, -0)) {
    throw new VineError("ARCHIVE_DAMAGED", `${JSON.stringify(name)} has an impossible size`);
  }
  if (name !== "") await writeNamed(entry, { name, writer });
  entry.resume();
}

async function writeNamed(
  entry: Entry,
  to: { readonly name: string; readonly writer: TreeWriter },
): Promise<void> {
  const { name, writer } = to;
  const { type, mode } = entry.header;
  switch (type) {
    case "directory":
      writer.directory(name);
      return;
    case "symlink":
      writer.link(name, targetOf(entry));
      return;
    case "link":
      writer.hardLink(name, plainName(targetOf(entry)));
      return;
    case "file":
    case "contiguous-file":
      await writeFile(entry, writer.file(name, (mode & 0o111) !== 0));
      return;
    default:
      throw new VineError(
        "ARCHIVE_UNSAFE",
        `${JSON.stringify(name)} is a ${type}, not a file, folder or link`,
      );
  }
}

/** Null where an archive leaves it out, whatever its type says. */
function targetOf(entry: Entry): string {
  const header: { readonly linkname?: string | null } = entry.header;
  return header.linkname ?? "";
}

async function writeFile(entry: Entry, sink: FileSink): Promise<void> {
  for await (const chunk of entry) sink.write(chunk as Uint8Array);
  sink.end();
}

/** "./a/b/" is "a/b"; the tree itself is "". */
function plainName(name: string): string {
  return name
    .replace(/^(?:\.\/+)+/, "")
    .replace(/\/+$/, "")
    .replace(/^\.$/, "");
}
