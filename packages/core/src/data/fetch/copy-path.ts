import { Buffer } from "node:buffer";
import { open, stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { LIMITS } from "../../model/limits.js";
import type { Fetched, FetchRequest } from "../contract.js";
import { FetchError } from "../fetch-error.js";
import { withCancelFlag } from "../threads/cancel.js";
import { inThread } from "../threads/pool.js";
import { extractTar } from "../tree/extract-tar.js";
import { packTree } from "../tree/pack-tree.js";
import { isExecutable } from "../tree/survey.js";
import { TreeWriter } from "../tree/tree-writer.js";
import { PartialFile } from "./partial-file.js";

const CHUNK_BYTES = 1024 * 1024;

type UrlSource = Extract<FetchRequest["source"], { type: "url" }>;
type Arrived = Pick<Fetched, "size" | "digest">;

/** Copies what a file: URL names, a file or a directory tree, from a file system that all hosts share. */
export async function copyFromPath(request: FetchRequest, source: UrlSource, part: string): Promise<Arrived> {
  const { path, etag, kind, executable } = await identifyPath(source.url);
  if (source.etag !== "" && source.etag !== etag) {
    throw new FetchError("URL_CHANGED", "file", `${path} is not what it was when it was declared`);
  }
  if (kind !== request.kind)
    throw new FetchError("URL_CHANGED", "file", `${path} is a ${kind}, not a ${request.kind}`);
  return kind === "tree"
    ? copyTree(request, path, part)
    : copyFile({ ...request, executable: request.executable || executable }, path, part);
}

/** What is at the path of a file: URL. The ETag changes with the file; for a tree it is empty. Throws URL_NOT_FOUND. */
export async function identifyPath(url: string): Promise<{
  readonly path: string;
  readonly kind: "file" | "tree";
  readonly etag: string;
  readonly size: number | undefined;
  readonly executable: boolean;
}> {
  try {
    const path = fileURLToPath(url);
    const found = await stat(path, { bigint: true });
    if (found.isDirectory()) return { path, kind: "tree", etag: "", size: undefined, executable: false };
    if (!found.isFile()) throw new Error("neither a file nor a folder");
    const etag = `"${found.size}-${found.mtimeNs}"`;
    return { path, kind: "file", etag, size: Number(found.size), executable: isExecutable(found) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new FetchError("URL_NOT_FOUND", "file", `${url}: ${reason}`, error);
  }
}

async function copyFile(request: FetchRequest, path: string, part: string): Promise<Arrived> {
  const from = await open(path);
  const file = await PartialFile.create(part, request.sizeLimit);
  try {
    const chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
    for (;;) {
      request.signal.throwIfAborted();
      const { bytesRead } = await from.read(chunk, 0, chunk.length, file.size);
      if (bytesRead === 0) break;
      await file.append(chunk.subarray(0, bytesRead));
      request.onBytes?.(bytesRead);
    }
    return { size: file.size, digest: await file.finish(request.executable) };
  } catch (error) {
    await file.close().catch(() => undefined);
    throw error;
  } finally {
    await from.close();
  }
}

async function copyTree(request: FetchRequest, path: string, part: string): Promise<Arrived> {
  const survey = await withCancelFlag(request.signal, (flag) => inThread("surveyTree", { root: path, flag }));
  const bytes = request.sizeLimit ?? LIMITS.archiveBytes;
  if (survey.size > bytes)
    throw new FetchError("CACHE_FULL", "destination", `${survey.size} bytes do not fit`);
  const writer = new TreeWriter(part, {
    entries: LIMITS.archiveEntries,
    bytes,
    ratio: Number.POSITIVE_INFINITY,
  });
  try {
    await extractTar(watched(packTree(path, survey).chunks, request), writer);
    return writer.finish();
  } finally {
    writer.abandon();
  }
}

async function* watched(
  chunks: AsyncIterable<Uint8Array>,
  request: FetchRequest,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    request.signal.throwIfAborted();
    request.onBytes?.(chunk.length);
    yield chunk;
  }
}
