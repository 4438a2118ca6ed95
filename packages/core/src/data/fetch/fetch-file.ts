import { rename } from "node:fs/promises";
import { VineError } from "../../model/errors.js";
import type { Fetched, FetchFile, FetchRequest } from "../contract.js";
import { FetchError } from "../fetch-error.js";
import { removeTree } from "../tree/remove-tree.js";
import { fetchFromUrl } from "./fetch-url.js";
import { linkLocal } from "./local-link.js";
import { atDestination, PartialFile } from "./partial-file.js";
import { fetchFromPeer } from "./peer/fetch-peer.js";

/** The name under which something arrives, beside the place where it is to be. */
const PART_SUFFIX = ".part";

/** See FetchFile: fetches, verifies, makes read-only, and only then gives it its name. */
export const fetchFile: FetchFile = async (request) => {
  const part = `${request.into}${PART_SUFFIX}`;
  try {
    await removeTree(part);
    const fetched = await bring(request, part);
    verify(request, fetched);
    await atDestination(rename(part, request.into));
    return fetched;
  } catch (error) {
    await removeTree(part).catch(() => undefined);
    throw request.signal.aborted ? cancelled() : asFetchError(error);
  }
};

async function bring(request: FetchRequest, part: string): Promise<Fetched> {
  const { source, kind } = request;
  switch (source.type) {
    case "inline":
      return { ...(await writeInline(request, source.bytes, part)), kind, via: "inline" };
    case "url":
      return { ...(await fetchFromUrl(request, source, part)), kind, via: "url" };
    case "peer": {
      const linked = source.localPath === "" ? undefined : await linkLocal(request, source.localPath, part);
      if (linked !== undefined) return { ...linked, kind, via: "link" };
      return { ...(await fetchFromPeer({ request, peer: source, part })), kind, via: "peer" };
    }
  }
}

async function writeInline(
  request: FetchRequest,
  bytes: Uint8Array,
  part: string,
): Promise<Pick<Fetched, "size" | "digest">> {
  const file = await PartialFile.create(part, request.sizeLimit);
  try {
    await file.append(bytes);
    request.onBytes?.(bytes.length);
    return { size: bytes.length, digest: await file.finish(request.executable) };
  } catch (error) {
    await file.close().catch(() => undefined);
    throw error;
  }
}

function verify(request: FetchRequest, fetched: Fetched): void {
  if (request.size !== undefined && request.size !== fetched.size) {
    throw wrong(request, `${fetched.size} bytes arrived, ${request.size} were announced`);
  }
  if (request.digest !== undefined && request.digest !== fetched.digest) {
    throw wrong(request, `the digest is ${fetched.digest}, ${request.digest} was announced`);
  }
}

function wrong(request: FetchRequest, sentence: string): FetchError {
  const { source } = request;
  const from = source.type === "inline" ? "inline" : source.url;
  if (source.type === "url") return new FetchError("URL_CHANGED", "file", `${from}: ${sentence}`);
  return new FetchError("DIGEST_MISMATCH", "source", `${from}: ${sentence}`);
}

function asFetchError(error: unknown): FetchError {
  if (error instanceof FetchError) return error;
  const { code, message } = VineError.from(error);
  return new FetchError(code, "destination", message, error);
}

function cancelled(): FetchError {
  return new FetchError("CANCELLED", "destination", "the transfer is not wanted any more");
}
