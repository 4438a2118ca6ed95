import { once } from "node:events";
import { LIMITS } from "../../../model/limits.js";
import type { PeerAddress } from "./peer-connection.js";
import { askPeer } from "./peer-request.js";

/** How soon a silent connection is probed, milliseconds. */
const PROBE_MS = 5_000;

export interface LifelineOptions {
  /** URL `…/lifeline` of a data server, and a ticket for the name LIFELINE. */
  readonly peer: PeerAddress;
  readonly signal: AbortSignal;
  readonly connectTimeoutMs?: number;
}

/** A connection that says nothing, and whose end says everything. */
export interface Lifeline {
  /** Resolves when the other end is gone, or after `close`. Never rejects. */
  readonly closed: Promise<void>;
  close(): void;
}

/** Rejects as `fetchFile` does, when the data server cannot be reached or refuses. */
export async function openLifeline(options: LifelineOptions): Promise<Lifeline> {
  const { peer, signal, connectTimeoutMs = LIMITS.stallMs } = options;
  const { connection } = await askPeer({ peer, from: 0, stallMs: connectTimeoutMs, signal });
  const { socket } = connection;
  socket.setTimeout(0);
  socket.setKeepAlive(true, PROBE_MS);
  const closed = once(socket, "close").then(
    () => undefined,
    () => undefined,
  );
  return { closed, close: () => socket.destroy() };
}
