/** A worker that holds the content, as a possible source. */
export interface Peer {
  readonly outgoing: number;
  readonly shunnedUntilMs: number;
  readonly spec: { readonly hostId: string };
}

/** A holder that can be asked, or why none can be asked now. */
export type PeerChoice<P> =
  | { readonly type: "peer"; readonly peer: P }
  /** All that could give it give as much as they may. Some may be avoided until then, too; Infinity: none is. */
  | { readonly type: "busy"; readonly untilMs: number }
  /** All that hold it have failed lately. */
  | { readonly type: "avoided"; readonly untilMs: number }
  | { readonly type: "none" };

export interface PeerQuery<P> {
  readonly nowMs: number;
  /** Copies that a source may give at a time. */
  readonly limit: number;
  /** Of the destination: a holder on the same host is preferred. */
  readonly hostId: string;
  readonly avoided: ReadonlyMap<unknown, number> | undefined;
  /** Where in the list to begin, so that a long list is not always looked at from the same end. */
  readonly start: number;
  readonly self: P | undefined;
}

const LOOKED_AT = 64;

/** Of a bounded number of holders, the one on the same host, else the one that gives least now. */
export function choosePeer<P extends Peer>(
  holders: readonly { readonly worker: P }[],
  query: PeerQuery<P>,
): PeerChoice<P> {
  let best: P | undefined;
  let bestScore = Number.POSITIVE_INFINITY;
  let busy = false;
  let untilMs = Number.POSITIVE_INFINITY;
  const count = Math.min(holders.length, LOOKED_AT);
  for (let step = 0; step < count; step += 1) {
    const peer = (holders[(query.start + step) % holders.length] as { worker: P }).worker;
    if (peer === query.self) continue;
    const avoidedUntilMs = Math.max(query.avoided?.get(peer) ?? 0, peer.shunnedUntilMs);
    if (avoidedUntilMs > query.nowMs) untilMs = Math.min(untilMs, avoidedUntilMs);
    else if (peer.outgoing >= query.limit) busy = true;
    else {
      const score = peer.outgoing - (peer.spec.hostId === query.hostId ? query.limit : 0);
      if (score < bestScore) {
        best = peer;
        bestScore = score;
      }
    }
  }
  if (best !== undefined) return { type: "peer", peer: best };
  if (busy) return { type: "busy", untilMs };
  return untilMs < Number.POSITIVE_INFINITY ? { type: "avoided", untilMs } : { type: "none" };
}
