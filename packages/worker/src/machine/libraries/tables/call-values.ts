import type { CacheName } from "@taskvine/core/model";
import type { CallInput } from "@taskvine/core/protocol";
import type { CallOrder } from "./call.js";

/** Values that are remembered, and the largest of them, bytes. */
const MOST = 256;
const LARGEST = 4 * 1024;

/** The order of a call that gets one of its inputs as a value instead of a file. */
export function withValue(order: CallOrder, cacheName: CacheName, value: Uint8Array): CallOrder {
  const { call } = order;
  const inputs = call.inputs.map((input): CallInput => {
    return "cacheName" in input.from && input.from.cacheName === cacheName
      ? { ...input, from: { value } }
      : input;
  });
  return {
    ...order,
    call: { ...call, inputs },
    inputs: order.inputs.filter((name) => name !== cacheName),
  };
}

/** What calls returned lately: the next one of their line may be on its way here without it. */
export class RecentValues {
  readonly #values = new Map<CacheName, Uint8Array>();

  get(cacheName: CacheName): Uint8Array | undefined {
    return this.#values.get(cacheName);
  }

  /** A copy is kept: what came is a piece of something larger. */
  put(cacheName: CacheName, value: Uint8Array): void {
    if (value.length > LARGEST) return;
    const [oldest] = this.#values.keys();
    if (this.#values.size >= MOST && oldest !== undefined) this.#values.delete(oldest);
    this.#values.set(cacheName, Uint8Array.from(value));
  }
}
