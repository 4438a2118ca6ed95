import type { ReturnReason, RunningAttempt } from "@taskvine/core/protocol";
import type { Answered, CallVerdict } from "../../machine/libraries/library-event.js";
import type { CallEntry, Flight } from "../../machine/libraries/tables/call.js";
import type { Parts } from "../../perform/parts.js";
import type { Instances } from "../instances.js";
import { collectCall } from "./collect.js";
import { answeredOutcome, type CallHarvest, outcomeOf, verdictOutcome } from "./outcome.js";
import { CallSandboxes } from "./sandboxes.js";
import { CallSender } from "./sender.js";
import { valueFileOf } from "./value-file.js";

/** Hands calls to libraries, and tells the manager what became of them. */
export class Calls {
  readonly #parts: Parts;
  readonly #sender: CallSender;
  readonly #sandboxes: CallSandboxes;
  readonly #collected = new Map<CallEntry, { readonly answered: Answered; readonly harvest: CallHarvest }>();

  constructor(parts: Parts, instances: Instances) {
    this.#parts = parts;
    this.#sandboxes = new CallSandboxes(parts);
    this.#sender = new CallSender(parts, instances, this.#sandboxes);
  }

  send(flight: Flight): void {
    this.#sender.send(flight);
  }

  stop(flight: Flight, how: "cancel" | "withdraw"): void {
    this.#sender.stop(flight, how);
  }

  stage(call: CallEntry): void {
    this.#sandboxes.stage(call);
  }

  /** Those that a library has. */
  running(): RunningAttempt[] {
    const running: RunningAttempt[] = [];
    for (const { task, attempt, state } of this.#parts.world.calls.values()) {
      if (state.name === "placed" || state.name === "collecting") running.push({ task, attempt });
    }
    return running;
  }

  runs({ task, attempt }: CallEntry): void {
    this.#parts.outlet.say({ type: "started", task, attempt });
  }

  report(answered: Answered): void {
    const { task, attempt } = answered.call;
    const outcome = answeredOutcome(answered);
    this.#parts.outlet.say({ type: "ended", task, attempt, outcome }, answered.isFollowed);
  }

  fail(call: CallEntry, verdict: CallVerdict): void {
    this.#sandboxes.dispose(call);
    const { task, attempt } = call;
    const outcome = verdictOutcome(call, verdict, this.#parts.nowMs());
    this.#parts.outlet.say({ type: "ended", task, attempt, outcome });
    this.#parts.news.tell({ type: "task-ended", task: `${task}-${attempt}`, code: verdict.code });
  }

  giveBack(call: CallEntry, reason: ReturnReason, message: string): void {
    this.#sandboxes.dispose(call);
    const { task, attempt } = call;
    this.#parts.outlet.say({ type: "returned", task, attempt, reason, message });
    this.#parts.news.tell({ type: "task-returned", task: `${task}-${attempt}`, reason, message });
  }

  forget(call: CallEntry): void {
    this.#sandboxes.dispose(call);
    this.#collected.delete(call);
  }

  discardValue({ call, id }: Flight): void {
    this.#parts.store.discard(valueFileOf(this.#parts, call.instance, id));
  }

  collect(answered: Answered): void {
    void this.#collect(answered);
  }

  reportCollected(call: CallEntry): void {
    const { task, attempt } = call;
    const collected = this.#collected.get(call);
    this.#collected.delete(call);
    if (collected === undefined) return;
    const outcome = outcomeOf(collected.answered, collected.harvest);
    this.#parts.outlet.say({ type: "ended", task, attempt, outcome });
  }

  async #collect(answered: Answered): Promise<void> {
    const { call } = answered;
    const { harvest, stored, damaged, loosened } = await collectCall(this.#parts, this.#sandboxes, answered);
    this.#sandboxes.dispose(call);
    for (const cacheName of damaged) {
      this.#parts.post({
        type: "entry-damaged",
        cacheName,
        reason: "changed by a call that had it as input",
      });
    }
    if (damaged.length > 0) this.#parts.post({ type: "call-spoiled", call });
    else {
      this.#collected.set(call, { answered, harvest });
      this.#parts.post({ type: "call-collected", call, stored, loosened });
      this.#collected.delete(call);
    }
  }
}
