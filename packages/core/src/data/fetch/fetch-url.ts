import { Buffer } from "node:buffer";
import type { ErrorCode } from "../../model/errors.js";
import { LIMITS } from "../../model/limits.js";
import type { Fetched, FetchRequest } from "../contract.js";
import { FetchError } from "../fetch-error.js";
import { copyFromPath } from "./copy-path.js";
import { type HttpAnswer, httpRequest } from "./http-get.js";
import { PartialFile } from "./partial-file.js";
import { withRetries } from "./retry.js";
import { parseUrl, shownUrl, statusError } from "./url-errors.js";

const TRIES = 4;
const FIRST_PAUSE_MS = 200;
const RETRYABLE: ReadonlySet<ErrorCode> = new Set(["URL_FAILED", "TRANSFER_STALLED", "TRANSFER_TRUNCATED"]);

type UrlSource = Extract<FetchRequest["source"], { type: "url" }>;
type Arrived = Pick<Fetched, "size" | "digest">;

/** Fetches what a URL names to `part`. */
export async function fetchFromUrl(request: FetchRequest, source: UrlSource, part: string): Promise<Arrived> {
  const url = parseUrl(source.url);
  if (url.protocol === "file:") return copyFromPath(request, source, part);
  if (request.kind !== "file")
    throw new FetchError("URL_REFUSED", "file", `${shownUrl(source.url)} is no folder`);
  const file = await PartialFile.create(part, request.sizeLimit);
  try {
    if (url.protocol === "data:") await file.append(await decodeDataUrl(source.url));
    else await download(file, request, source);
    return { size: file.size, digest: await file.finish(request.executable) };
  } catch (error) {
    await file.close().catch(() => undefined);
    throw error;
  }
}

/** The bytes in a data: URL. Throws URL_REFUSED when it is malformed. */
export async function decodeDataUrl(url: string): Promise<Uint8Array> {
  try {
    return Buffer.from(await (await fetch(url)).arrayBuffer());
  } catch (error) {
    throw new FetchError("URL_REFUSED", "file", `${shownUrl(url)} is not a data URL`, error);
  }
}

async function download(file: PartialFile, request: FetchRequest, source: UrlSource): Promise<void> {
  const resume = { etag: "" };
  const policy = {
    tries: TRIES,
    firstPauseMs: FIRST_PAUSE_MS,
    retryable: RETRYABLE,
    signal: request.signal,
    progress: () => file.size,
  };
  await withRetries(policy, () => downloadOnce(file, { request, source, resume }));
}

interface Download {
  readonly request: FetchRequest;
  readonly source: UrlSource;
  /** Strong ETag of what has arrived so far: only with it can the rest be asked for. */
  readonly resume: { etag: string };
}

async function downloadOnce(file: PartialFile, of: Download): Promise<void> {
  const { request, source, resume } = of;
  const resuming = file.size > 0 && resume.etag !== "";
  const range: Record<string, string> = resuming
    ? { Range: `bytes=${file.size}-`, "If-Range": resume.etag }
    : {};
  const stallMs = request.stallMs ?? LIMITS.stallMs;
  const answer = await httpRequest({
    url: source.url,
    method: "GET",
    headers: range,
    signal: request.signal,
    stallMs,
  });
  try {
    await receive(file, answer, of);
  } finally {
    answer.destroy();
  }
}

async function receive(file: PartialFile, answer: HttpAnswer, of: Download): Promise<void> {
  const { request, source, resume } = of;
  if (answer.status === 416) {
    await file.clear();
    throw new FetchError(
      "TRANSFER_TRUNCATED",
      "source",
      `${shownUrl(source.url)} has no such range any more`,
    );
  }
  const refused = statusError(source.url, answer.status);
  if (refused !== undefined) throw refused;
  checkValidators(answer, source);
  await placeAnswer(file, answer, source);
  const etag = answer.header("etag");
  resume.etag = etag.startsWith('"') ? etag : "";
  const length = answer.header("content-length");
  if (length !== "") file.expect(file.size + Number(length));
  for await (const chunk of answer.body()) {
    await file.append(chunk);
    request.onBytes?.(chunk.length);
  }
}

/** A server may answer a range with that range, or with everything. */
async function placeAnswer(file: PartialFile, answer: HttpAnswer, source: UrlSource): Promise<void> {
  if (answer.status !== 206) {
    if (file.size > 0) await file.clear();
    return;
  }
  if (answer.header("content-range").startsWith(`bytes ${file.size}-`)) return;
  await file.clear();
  throw new FetchError("TRANSFER_TRUNCATED", "source", `${shownUrl(source.url)} answered with another range`);
}

/** Weak and strong forms of one ETag name the same content here: we never ask for a compressed form. */
function checkValidators(answer: HttpAnswer, source: UrlSource): void {
  const etag = answer.header("etag");
  if (source.etag !== "" && etag !== "") {
    if (bare(etag) !== bare(source.etag)) throw changed(source, `its ETag was ${source.etag} and is ${etag}`);
    return;
  }
  const modified = answer.header("last-modified");
  if (source.lastModified === "" || modified === "" || modified === source.lastModified) return;
  throw changed(source, `it was of ${source.lastModified} and is of ${modified}`);
}

function bare(etag: string): string {
  return etag.replace(/^W\//, "");
}

function changed(source: UrlSource, how: string): FetchError {
  return new FetchError("URL_CHANGED", "file", `${shownUrl(source.url)} has changed: ${how}`);
}
