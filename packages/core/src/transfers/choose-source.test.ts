import { expect } from "chai";
import { choosePeer, type Peer, type PeerQuery } from "./choose-source.js";

const peer = (outgoing: number, hostId = "elsewhere", shunnedUntilMs = 0): Peer => ({
  outgoing,
  shunnedUntilMs,
  spec: { hostId },
});
const query: PeerQuery<Peer> = {
  nowMs: 100,
  limit: 3,
  hostId: "here",
  avoided: undefined,
  start: 0,
  self: undefined,
};
const choose = (
  peers: Peer[],
  different: Partial<PeerQuery<Peer>> = {},
): ReturnType<typeof choosePeer<Peer>> =>
  choosePeer(
    peers.map((worker) => ({ worker })),
    { ...query, ...different },
  );

describe("the choice of a peer", () => {
  it("is the one that gives least, but one on the same host before all others", () => {
    const [a, b, c] = [peer(2), peer(1), peer(2, "here")];
    expect(choose([a, b])).to.deep.equal({ type: "peer", peer: b });
    expect(choose([a, b, c])).to.deep.equal({ type: "peer", peer: c });
  });

  it("waits when all give as much as they may", () => {
    expect(choose([peer(3), peer(3)])).to.deep.equal({ type: "busy", untilMs: Number.POSITIVE_INFINITY });
  });

  it("leaves those alone that failed this destination, or all", () => {
    const [failed, shunned] = [peer(0), peer(0, "elsewhere", 150)];
    const avoided = new Map([[failed, 200]]);
    expect(choose([failed, shunned], { avoided })).to.deep.equal({ type: "avoided", untilMs: 150 });
    expect(choose([failed, shunned], { avoided, nowMs: 160 })).to.deep.equal({ type: "peer", peer: shunned });
  });

  it("is never the destination itself", () => {
    const self = peer(0);
    expect(choose([self], { self })).to.deep.equal({ type: "none" });
    expect(choose([])).to.deep.equal({ type: "none" });
  });
});
