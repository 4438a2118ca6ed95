import { type Allocation, type CacheName, cacheName, transferId } from "@taskvine/core/model";
import type { WorkerEffect, WorkerEvent } from "../machine/event.js";
import { checkInvariants } from "../machine/invariants.js";
import { step } from "../machine/step.js";
import type { Stored } from "../machine/tables/entry.js";
import type { Assignment, TransferOrder } from "../machine/tables/order.js";
import { createWorld, type WorkerLimits, type World } from "../machine/world.js";

const LIMITS: WorkerLimits = {
  resources: { cores: 4, memory: 4_000, disk: 1_000, gpus: 2 },
  fetches: 2,
  makes: 1,
  transfersQueued: 50,
  inputPatienceMs: 1_000,
  overtaking: 3,
};

/** A machine under test: every step is followed by a check of its invariants. */
export class Bench {
  readonly world: World;
  nowMs = 0;

  constructor(limits: Partial<WorkerLimits> = {}, held: readonly Stored[] = []) {
    this.world = createWorld({ ...LIMITS, ...limits }, held);
  }

  do(...events: WorkerEvent[]): WorkerEffect[] {
    this.nowMs++;
    const effects = step(this.world, events, this.nowMs);
    checkInvariants(this.world);
    return effects;
  }

  assign(
    key: string,
    parts: Partial<Allocation> & { readonly inputs?: readonly string[] } = {},
  ): WorkerEffect[] {
    return this.do({ type: "task-assigned", assignment: anAssignment(key, parts) });
  }

  fetch(transfer: number, name: string, parts: Partial<TransferOrder> = {}): WorkerEffect[] {
    return this.do({ type: "transfer-asked", order: anOrder(transfer, name, parts) });
  }

  arrive(transfer: number, name: string, parts: Partial<Stored> = {}): WorkerEffect[] {
    return this.do({
      type: "transfer-arrived",
      transfer: transferId(transfer),
      stored: content(name, parts),
    });
  }

  fail(transfer: number): WorkerEffect[] {
    const fault = { error: "TRANSFER_STALLED", message: "no byte came", fault: "source" } as const;
    return this.do({ type: "transfer-failed", transfer: transferId(transfer), fault });
  }

  end(key: string, outputs: readonly Stored[] = [], loosened: readonly string[] = []): WorkerEffect[] {
    return this.do({ type: "task-ended", key, outputs, loosened: loosened.map(cacheName) });
  }

  spoil(key: string, ...damaged: string[]): WorkerEffect[] {
    return this.do({ type: "task-spoiled", key, damaged: damaged.map(cacheName), message: "changed" });
  }

  drop(name: string): WorkerEffect[] {
    return this.do({ type: "drop-asked", cacheName: cacheName(name) });
  }

  state(name: string): string {
    return this.world.cache.get(cacheName(name))?.state ?? "absent";
  }
}

export function content(name: string, parts: Partial<Stored> = {}): Stored {
  return { cacheName: cacheName(name), lifetime: "workflow", kind: "file", size: 10, ...parts };
}

function anAssignment(
  key: string,
  parts: Partial<Allocation> & { readonly inputs?: readonly string[] },
): Assignment {
  const { inputs = [], ...amounts } = parts;
  const allocation = { cores: 1, memory: 100, disk: 0, gpus: 0, gpuIds: [], ...amounts };
  return { key, inputs: inputs.map(cacheName), allocation };
}

function anOrder(transfer: number, name: string, parts: Partial<TransferOrder>): TransferOrder {
  const base = {
    job: "fetch",
    lifetime: "workflow",
    kind: "file",
    size: 10,
    inputs: [] as CacheName[],
  } as const;
  return { transfer: transferId(transfer), cacheName: cacheName(name), ...base, ...parts };
}
