import { type ErrorCode, VineError } from "../../../model/errors.js";
import { LIMITS } from "../../../model/limits.js";
import type { Fetched, FetchRequest, PeerSource } from "../../contract.js";
import { FetchError } from "../../fetch-error.js";
import { BlockStream } from "../../threads/block-stream.js";
import { inThread } from "../../threads/pool.js";
import { removeTree } from "../../tree/remove-tree.js";
import { HEADERS } from "../../wire-headers.js";
import { PartialFile } from "../partial-file.js";
import { type RetryPolicy, withRetries } from "../retry.js";
import { askPeer, headerOf, type PeerAnswer } from "./peer-request.js";

const TRIES = 3;
const FIRST_PAUSE_MS = 100;
const RETRYABLE: ReadonlySet<ErrorCode> = new Set(["TRANSFER_TRUNCATED", "TRANSFER_STALLED"]);

/** Where the bytes of a try end up. */
export interface Arrival {
  readonly request: FetchRequest;
  readonly peer: PeerSource;
  /** The file or tree under its passing name. */
  readonly part: string;
}

/** An arrival, and what its tries have found out. */
interface Tries extends Arrival {
  /** The ticket was good: a refusal then means that the giver has not yet seen the connection before break. */
  wasAdmitted: boolean;
}

export type Arrived = Pick<Fetched, "size" | "digest">;

/**
 * Fetches from another data server to `part`. A file resumes after a broken connection; a tree begins anew, and so does a
 * file for whose first part nothing would vouch.
 */
export async function fetchFromPeer(arrival: Arrival): Promise<Arrived> {
  const tries = { ...arrival, wasAdmitted: false };
  return arrival.request.kind === "tree" ? fetchTree(tries) : fetchFile(tries);
}

async function fetchFile(arrival: Tries): Promise<Arrived> {
  const { request } = arrival;
  const file = await PartialFile.create(arrival.part, request.sizeLimit);
  const resumes = isVouchedFor(arrival);
  try {
    const isExecutable = await withRetries(
      policyOf(request, () => (resumes ? file.size : 0)),
      async () => {
        if (!resumes && file.size > 0) await file.clear();
        return exchange(arrival, file.size, (answer) => receiveFile(file, answer, arrival));
      },
    );
    const digest = await file.finish(request.executable || isExecutable);
    return { size: file.size, digest };
  } catch (error) {
    await file.close().catch(() => undefined);
    throw error;
  }
}

/**
 * Whether all that has arrived by the end is compared with something: a digest, or what TLS does to each part of it. The
 * checksum that follows plain text is only of what came over the same connection.
 */
function isVouchedFor({ request, peer }: Arrival): boolean {
  return request.digest !== undefined || !peer.url.startsWith("http:");
}

/** Whether it has executable bits at the giver. */
async function receiveFile(file: PartialFile, answer: PeerAnswer, arrival: Arrival): Promise<boolean> {
  const { response, head } = answer;
  const { request, peer } = arrival;
  if (headerOf(head, HEADERS.kind) === "tree") throw mismatch(peer, "kind");
  if (head.status === 200 && file.size > 0) await file.clear();
  const length = head.headers.get("content-length");
  if (length !== undefined) file.expect(file.size + Number(length));
  for await (const chunk of response.body(head)) {
    await file.append(chunk);
    request.onBytes?.(chunk.length);
  }
  if (response.isDamaged) {
    await file.clear();
    throw damagedOnTheWay(peer);
  }
  return headerOf(head, HEADERS.executable) === "1";
}

async function fetchTree(arrival: Tries): Promise<Arrived> {
  return withRetries(
    policyOf(arrival.request, () => 0),
    async () => {
      await removeTree(arrival.part);
      return exchange(arrival, 0, (answer) => receiveTree(arrival, answer));
    },
  );
}

async function receiveTree(arrival: Arrival, answer: PeerAnswer): Promise<Arrived> {
  const { response, head } = answer;
  const { request, part, peer } = arrival;
  if (headerOf(head, HEADERS.kind) !== "tree") throw mismatch(peer, "kind");
  const bytes = request.sizeLimit ?? LIMITS.archiveBytes;
  const announcedSize = Number(headerOf(head, HEADERS.size) ?? "0");
  if (announcedSize > bytes)
    throw new FetchError("CACHE_FULL", "destination", `${announcedSize} bytes do not fit`);
  const limits = { entries: LIMITS.archiveEntries, bytes, ratio: Number.POSITIVE_INFINITY };
  const stream = new BlockStream((port) => inThread("receiveTree", { port, root: part, limits }, [port]));
  try {
    for await (const chunk of response.body(head)) {
      await stream.send(chunk);
      request.onBytes?.(chunk.length);
    }
    const arrived = await stream.end();
    if (response.isDamaged) throw damagedOnTheWay(peer);
    return arrived;
  } catch (error) {
    throw asTreeError(error);
  } finally {
    await stream.close();
  }
}

/** What our own disk does not take is our fault; the tar stream is the giver's. */
function asTreeError(error: unknown): unknown {
  if (error instanceof FetchError || !(error instanceof VineError)) return error;
  if (/^(ARCHIVE|BAD)_/.test(error.code)) return error;
  const code = error.code === "DISK_FULL" ? "DISK_FULL" : "INTERNAL";
  return new FetchError(code, "destination", error.message, error);
}

function policyOf(request: FetchRequest, progress: () => number): RetryPolicy {
  const { signal } = request;
  return { tries: TRIES, firstPauseMs: FIRST_PAUSE_MS, retryable: RETRYABLE, signal, progress };
}

/** One request and its answer; the connection ends with it. */
async function exchange<T>(
  arrival: Tries,
  from: number,
  receive: (answer: PeerAnswer) => Promise<T>,
): Promise<T> {
  const { peer, request } = arrival;
  const stallMs = request.stallMs ?? LIMITS.stallMs;
  try {
    const answer = await askPeer({ peer, from, stallMs, signal: request.signal });
    arrival.wasAdmitted = true;
    try {
      const received = await receive(answer);
      answer.connection.finish();
      return received;
    } catch (error) {
      answer.connection.abandon();
      throw error;
    }
  } catch (error) {
    throw arrival.wasAdmitted && isRefusal(error)
      ? new FetchError("TRANSFER_TRUNCATED", "source", `${peer.url} does not go on`, error)
      : asFetchError(error, peer);
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof FetchError && error.code === "TRANSFER_REFUSED";
}

/** The giver has it right: it is worth another try. */
function damagedOnTheWay(peer: PeerSource): FetchError {
  return new FetchError("TRANSFER_TRUNCATED", "source", `${peer.url}: bytes were changed on their way`);
}

function mismatch(peer: PeerSource, what: string): FetchError {
  return new FetchError("DIGEST_MISMATCH", "source", `${peer.url}: another ${what} than announced`);
}

/** What has no code of ours is a broken connection. */
function asFetchError(error: unknown, peer: PeerSource): unknown {
  if (error instanceof FetchError || !(error instanceof Error)) return error;
  const { code, path } = error as { code?: string; path?: string };
  if (path !== undefined) return new FetchError("INTERNAL", "destination", error.message, error);
  if (code !== undefined && /^(ARCHIVE|BAD)_/.test(code))
    return new FetchError(code as ErrorCode, "source", error.message, error);
  return new FetchError("TRANSFER_TRUNCATED", "source", `${peer.url}: ${error.message}`, error);
}
