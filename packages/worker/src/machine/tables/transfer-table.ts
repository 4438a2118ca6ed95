import type { TransferId } from "@taskvine/core/model";
import type { TransferOrder } from "./order.js";

/**
 * `queued`: waits for a slot, room, or (a make) its inputs; `following`: another one brings the same name;
 * `running`: bytes flow, or the command runs.
 */
export type TransferState = "queued" | "following" | "running";

/** Every move of a fetch or make; `gone` is not kept. */
export const TRANSFER_MOVES = {
  queued: ["running", "gone"],
  following: ["queued", "gone"],
  running: ["gone"],
} as const satisfies Record<TransferState, readonly (TransferState | "gone")[]>;

export interface Transfer {
  readonly order: TransferOrder;
  state: TransferState;
}

/** Fetches and makes in order of arrival. One of each name is the one that brings it; the others follow. */
export class TransferTable {
  readonly #all = new Map<TransferId, Transfer>();
  readonly #running = { fetch: 0, make: 0 };

  get(transfer: TransferId): Transfer | undefined {
    return this.#all.get(transfer);
  }

  values(): Iterable<Transfer> {
    return this.#all.values();
  }

  get size(): number {
    return this.#all.size;
  }

  running(job: "fetch" | "make"): number {
    return this.#running[job];
  }

  add(order: TransferOrder, state: "queued" | "following"): void {
    this.#all.set(order.transfer, { order, state });
  }

  run(transfer: Transfer): void {
    move(transfer, "running");
    this.#running[transfer.order.job]++;
  }

  /** Its name is brought by nobody now: this one is to. */
  promote(transfer: Transfer): void {
    move(transfer, "queued");
  }

  remove(transfer: Transfer): void {
    if (!this.#all.delete(transfer.order.transfer)) return;
    if (transfer.state === "running") this.#running[transfer.order.job]--;
  }

  followersOf(cacheName: string): Transfer[] {
    return [...this.#all.values()].filter((t) => t.state === "following" && t.order.cacheName === cacheName);
  }
}

function move(transfer: Transfer, to: TransferState): void {
  const legal: readonly string[] = TRANSFER_MOVES[transfer.state];
  if (!legal.includes(to)) {
    throw new Error(`transfer ${transfer.order.transfer} cannot go from ${transfer.state} to ${to}`);
  }
  transfer.state = to;
}
