import type { FileKind } from "../../files/file.js";
import { LIMITS } from "../../model/limits.js";
import { identifyPath } from "./copy-path.js";
import { decodeDataUrl } from "./fetch-url.js";
import { type HttpAnswer, httpRequest } from "./http-get.js";
import { withRetries } from "./retry.js";
import { parseUrl, statusError } from "./url-errors.js";

/** What can be known of a URL without fetching it. Validators are empty where the server has none. */
export interface UrlIdentity {
  readonly etag: string;
  readonly lastModified: string;
  readonly size: number | undefined;
  readonly kind: FileKind;
}

/**
 * Asks what a URL names: by HEAD, or where a server does not take that, by a GET of its first byte.
 * Rejects with URL_UNSUPPORTED, URL_NOT_FOUND, URL_REFUSED or URL_FAILED.
 */
export async function identifyUrl(url: string, signal: AbortSignal): Promise<UrlIdentity> {
  const { protocol } = parseUrl(url);
  if (protocol === "file:") {
    const { etag, size, kind } = await identifyPath(url);
    return { etag, lastModified: "", size, kind };
  }
  if (protocol === "data:") {
    const { length } = await decodeDataUrl(url);
    return { etag: "", lastModified: "", size: length, kind: "file" };
  }
  return identifyHttp(url, signal);
}

async function identifyHttp(url: string, signal: AbortSignal): Promise<UrlIdentity> {
  const policy = {
    tries: 3,
    firstPauseMs: 200,
    retryable: new Set(["URL_FAILED", "TRANSFER_STALLED"] as const),
    signal,
    progress: () => 0,
  };
  return withRetries(policy, async () => {
    const head = await ask(url, "HEAD", signal);
    if (statusError(url, head.status) === undefined) return identityOf(head, head.header("content-length"));
    const answer = await ask(url, "GET", signal);
    const refused = statusError(url, answer.status);
    if (refused !== undefined) throw refused;
    const total = /\/(\d+)$/.exec(answer.header("content-range"))?.[1] ?? "";
    return identityOf(answer, answer.status === 206 ? total : answer.header("content-length"));
  });
}

async function ask(url: string, method: "HEAD" | "GET", signal: AbortSignal): Promise<HttpAnswer> {
  const headers: Record<string, string> = method === "GET" ? { Range: "bytes=0-0" } : {};
  const answer = await httpRequest({ url, method, headers, signal, stallMs: LIMITS.stallMs });
  answer.destroy();
  return answer;
}

function identityOf(answer: HttpAnswer, size: string): UrlIdentity {
  return {
    etag: answer.header("etag"),
    lastModified: answer.header("last-modified"),
    size: /^\d{1,16}$/.test(size) ? Number(size) : undefined,
    kind: "file",
  };
}
