import type { TransferFailure } from "../../coordinator/event.js";
import type { CacheName, TransferId } from "../../model/ids.js";
import type { Alarm, FakeClock } from "../fake-clock.js";
import type { Content } from "./content.js";
import type { Copy, Disk } from "./disk.js";
import type { Flow, Network, Node } from "./network.js";
import type { Luck, News, OrderOf } from "./order.js";

export interface IntakePorts {
  readonly clock: FakeClock;
  readonly network: Network;
  readonly node: Node;
  readonly luck: Luck;
  readonly disk: Disk;
  readonly tell: (news: News) => void;
  readonly evicted: (names: readonly CacheName[]) => void;
  /** A copy arrived: someone may have waited for it. */
  readonly changed: () => void;
}

/** One copy on its way into the cache. All who asked for it are answered when it is there. */
interface Coming {
  readonly cacheName: CacheName;
  readonly transfers: TransferId[];
  alarm: Alarm | undefined;
  flow: Flow | undefined;
  release: () => void;
}

const REQUEST_MS = 5;
const CONNECT_TIMEOUT_MS = 2_000;

/** Fetches and makes of a virtual worker. */
export class Intake {
  readonly #ports: IntakePorts;
  readonly #coming = new Map<CacheName, Coming>();

  constructor(ports: IntakePorts) {
    this.#ports = ports;
  }

  fetch(order: OrderOf<"fetch">): void {
    const coming = this.#join(order.cacheName, order.transfer);
    if (coming === undefined) return;
    const reachable = this.#ports.network.reachable(order.source.node, this.#ports.node);
    coming.alarm = this.#ports.clock.after(reachable ? REQUEST_MS : CONNECT_TIMEOUT_MS, () => {
      if (reachable) this.#request(order, coming);
      else
        this.#fail(
          coming,
          sourceFailure("TRANSFER_UNREACHABLE", `${order.source.node.name} cannot be reached`),
        );
    });
  }

  make(order: OrderOf<"make">): void {
    const coming = this.#join(order.cacheName, order.transfer);
    if (coming === undefined) return;
    const { disk, clock } = this.#ports;
    const inputs = new Map<string, Content>();
    for (const { name, cacheName } of order.recipe.inputs) {
      const copy = disk.get(cacheName);
      if (copy === undefined) {
        this.#fail(coming, destinationFailure("INPUT_MISSING", `${cacheName} is not in the cache`));
        return;
      }
      inputs.set(name, copy.content);
      disk.pin(cacheName);
    }
    coming.release = () => {
      for (const { cacheName } of order.recipe.inputs) disk.unpin(cacheName);
    };
    coming.alarm = clock.after(order.recipe.durationMs, () => {
      this.#made(order, coming, inputs);
    });
  }

  /** Ends everything under way, silently: the process died. */
  abandon(): void {
    for (const coming of [...this.#coming.values()]) this.#end(coming);
  }

  /** A new thing on its way; undefined where it is there already (answered) or on its way (joined). */
  #join(cacheName: CacheName, transfer: TransferId): Coming | undefined {
    const there = this.#ports.disk.get(cacheName);
    if (there !== undefined && !this.#ports.disk.isDoomed(cacheName)) {
      this.#ports.tell({
        type: "replica-ready",
        transfer,
        size: there.size,
        digest: there.content,
        kind: there.kind,
      });
      return undefined;
    }
    const before = this.#coming.get(cacheName);
    if (before !== undefined) {
      before.transfers.push(transfer);
      return undefined;
    }
    const coming: Coming = {
      cacheName,
      transfers: [transfer],
      alarm: undefined,
      flow: undefined,
      release: () => undefined,
    };
    this.#coming.set(cacheName, coming);
    return coming;
  }

  #request(order: OrderOf<"fetch">, coming: Coming): void {
    const found = order.source.find(order.cacheName);
    if ("fault" in found) this.#fail(coming, found);
    else if (this.#reserve(coming, found.size)) this.#receive(order, coming, found);
  }

  #receive(order: OrderOf<"fetch">, coming: Coming, found: Copy): void {
    const { network, node, luck } = this.#ports;
    coming.flow = network.start({
      from: order.source.node,
      to: node,
      bytes: found.size,
      onDone: () => {
        const failure = luck.transferFails();
        if (failure !== undefined) this.#fail(coming, failure);
        else this.#arrived(coming, { ...found, cacheName: order.cacheName, lifetime: order.lifetime });
      },
      onFailed: (how) => {
        const error = how === "stalled" ? "TRANSFER_STALLED" : "TRANSFER_TRUNCATED";
        this.#fail(coming, sourceFailure(error, `${order.source.node.name}: ${how}`));
      },
    });
  }

  #made(order: OrderOf<"make">, coming: Coming, inputs: ReadonlyMap<string, Content>): void {
    const { recipe, cacheName, lifetime } = order;
    if (recipe.yields === undefined) {
      this.#fail(coming, { error: "MINI_TASK_FAILED", message: "the recipe does not work", fault: "file" });
      return;
    }
    const { content, size } = recipe.yields(inputs);
    if (this.#reserve(coming, size))
      this.#arrived(coming, { cacheName, content, size, kind: recipe.kind, lifetime });
  }

  #reserve(coming: Coming, bytes: number): boolean {
    const { disk } = this.#ports;
    const evicted = disk.makeRoom(bytes);
    if (evicted === undefined) {
      this.#fail(coming, destinationFailure("CACHE_FULL", `no room for ${bytes} bytes`));
      return false;
    }
    if (evicted.length > 0) this.#ports.evicted(evicted);
    disk.reserve(bytes);
    const before = coming.release;
    coming.release = () => {
      before();
      disk.unreserve(bytes);
    };
    return true;
  }

  #arrived(coming: Coming, copy: Copy): void {
    this.#end(coming);
    this.#ports.disk.add(copy);
    for (const transfer of coming.transfers) {
      this.#ports.tell({
        type: "replica-ready",
        transfer,
        size: copy.size,
        digest: copy.content,
        kind: copy.kind,
      });
    }
    this.#ports.changed();
  }

  #fail(coming: Coming, failure: TransferFailure): void {
    this.#end(coming);
    for (const transfer of coming.transfers) this.#ports.tell({ type: "transfer-failed", transfer, failure });
    this.#ports.changed();
  }

  #end(coming: Coming): void {
    coming.alarm?.cancel();
    coming.flow?.cancel();
    coming.release();
    this.#coming.delete(coming.cacheName);
  }
}

function sourceFailure(error: string, message: string): TransferFailure {
  return { error, message, fault: "source" };
}

function destinationFailure(error: string, message: string): TransferFailure {
  return { error, message, fault: "destination" };
}
