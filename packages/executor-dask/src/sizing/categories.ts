import { type AllocationMode, Allocator } from "@taskvine/core/executor";

/** Categories that are remembered. */
const MOST = 1_000;

/** What is known of nodes of each category, from all graphs so far: those used last. */
export class Categories {
  readonly #allocators = new Map<string, Allocator>();

  /** `library`: what the nodes run in; `name`: what they are called. */
  of(mode: AllocationMode, library: string, name: string): Allocator {
    const key = JSON.stringify([mode, library, name]);
    const known = this.#allocators.get(key) ?? new Allocator(mode);
    this.#allocators.delete(key);
    this.#allocators.set(key, known);
    for (const oldest of this.#allocators.keys()) {
      if (this.#allocators.size <= MOST) break;
      this.#allocators.delete(oldest);
    }
    return known;
  }
}
