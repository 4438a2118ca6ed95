import type { Alarm, FakeClock } from "../fake-clock.js";

/** A computer's place in the network. Its bandwidths are shared evenly among the transfers through it. */
export interface Node {
  readonly name: string;
  /** Bytes per millisecond. */
  upRate: number;
  downRate: number;
}

/** One transfer under way. */
export interface Flow {
  cancel(): void;
}

export interface FlowRequest {
  readonly from: Node;
  readonly to: Node;
  readonly bytes: number;
  readonly onDone: () => void;
  /** `stalled`: nothing moved for too long; `broken`: the other end died. */
  readonly onFailed: (how: "stalled" | "broken") => void;
}

interface Moving extends Flow {
  readonly request: FlowRequest;
  remaining: number;
  rate: number;
  settledAtMs: number;
  alarm: Alarm | undefined;
  stall: Alarm | undefined;
}

interface Traffic {
  readonly flows: Set<Moving>;
  leaving: number;
  arriving: number;
}

/** Links between nodes: bandwidth shared among transfers, and cuts between pairs. */
export class Network {
  readonly #clock: FakeClock;
  readonly #traffic = new Map<Node, Traffic>();
  readonly #cuts = new Map<Node, Set<Node>>();
  readonly #stallMs: number;
  /** Bytes that arrived, in all. */
  bytesMoved = 0;

  constructor(clock: FakeClock, stallMs = 5_000) {
    this.#clock = clock;
    this.#stallMs = stallMs;
  }

  reachable(a: Node, b: Node): boolean {
    return this.#cuts.get(a)?.has(b) !== true;
  }

  /** Nothing passes between the two any more, in either direction; transfers under way stall. */
  cut(a: Node, b: Node): void {
    this.#cutsOf(a).add(b);
    this.#cutsOf(b).add(a);
    this.#share(a);
  }

  heal(a: Node, b: Node): void {
    this.#cuts.get(a)?.delete(b);
    this.#cuts.get(b)?.delete(a);
    this.#share(a);
  }

  /** Changes how fast a node's link is, also for what is under way. */
  setRate(node: Node, bytesPerMs: number): void {
    node.upRate = bytesPerMs;
    node.downRate = bytesPerMs;
    this.#share(node);
  }

  start(request: FlowRequest): Flow {
    const flow: Moving = {
      request,
      remaining: request.bytes,
      rate: 0,
      settledAtMs: this.#clock.nowMs,
      alarm: undefined,
      stall: undefined,
      cancel: () => {
        this.#remove(flow);
      },
    };
    this.#trafficOf(request.from).flows.add(flow);
    this.#trafficOf(request.from).leaving += 1;
    this.#trafficOf(request.to).flows.add(flow);
    this.#trafficOf(request.to).arriving += 1;
    this.#share(request.from);
    this.#share(request.to);
    return flow;
  }

  /** A node died: its transfers break. */
  breakAll(node: Node): void {
    for (const flow of [...this.#trafficOf(node).flows]) {
      if (this.#remove(flow)) flow.request.onFailed("broken");
    }
  }

  /** Works out anew how fast each transfer through a node goes. */
  #share(node: Node): void {
    for (const flow of this.#trafficOf(node).flows) {
      this.#settle(flow);
      const rate = this.#rateOf(flow.request);
      if (rate === flow.rate && (flow.alarm ?? flow.stall) !== undefined) continue;
      flow.rate = rate;
      flow.alarm?.cancel();
      flow.alarm = undefined;
      if (rate > 0) this.#expectArrival(flow);
      else this.#expectStall(flow);
    }
  }

  #expectArrival(flow: Moving): void {
    flow.stall?.cancel();
    flow.stall = undefined;
    flow.alarm = this.#clock.after(flow.remaining / flow.rate, () => {
      this.bytesMoved += flow.request.bytes;
      this.#remove(flow);
      flow.request.onDone();
    });
  }

  #expectStall(flow: Moving): void {
    flow.stall ??= this.#clock.after(this.#stallMs, () => {
      this.#remove(flow);
      flow.request.onFailed("stalled");
    });
  }

  #rateOf({ from, to }: FlowRequest): number {
    if (!this.reachable(from, to)) return 0;
    return Math.min(from.upRate / this.#trafficOf(from).leaving, to.downRate / this.#trafficOf(to).arriving);
  }

  #settle(flow: Moving): void {
    const { nowMs } = this.#clock;
    flow.remaining = Math.max(0, flow.remaining - flow.rate * (nowMs - flow.settledAtMs));
    flow.settledAtMs = nowMs;
  }

  #remove(flow: Moving): boolean {
    const { from, to } = flow.request;
    if (!this.#trafficOf(from).flows.delete(flow)) return false;
    this.#trafficOf(from).leaving -= 1;
    this.#trafficOf(to).flows.delete(flow);
    this.#trafficOf(to).arriving -= 1;
    flow.alarm?.cancel();
    flow.stall?.cancel();
    this.#share(from);
    this.#share(to);
    return true;
  }

  #trafficOf(node: Node): Traffic {
    let traffic = this.#traffic.get(node);
    if (traffic === undefined)
      this.#traffic.set(node, (traffic = { flows: new Set(), leaving: 0, arriving: 0 }));
    return traffic;
  }

  #cutsOf(node: Node): Set<Node> {
    let cuts = this.#cuts.get(node);
    if (cuts === undefined) this.#cuts.set(node, (cuts = new Set()));
    return cuts;
  }
}
