import { release } from "../on-cache.js";
import type { Turn } from "../world.js";
import type { CallReturnReason, CallVerdict } from "./library-event.js";
import type { CallEntry } from "./tables/call.js";

/** The manager is to have it run again. */
export function giveBackCall(turn: Turn, call: CallEntry, reason: CallReturnReason, message: string): void {
  if (call.state.name === "gone") return; // together with the call that it was linked to
  withdraw(turn, call);
  turn.effects.push({ type: "return-call", call, reason, message });
}

/** Nobody is told. */
export function forgetCall(turn: Turn, call: CallEntry): void {
  if (call.state.name === "gone") return;
  withdraw(turn, call);
  turn.effects.push({ type: "forget-call", call });
}

export function failCall(turn: Turn, call: CallEntry, verdict: CallVerdict): void {
  if (call.state.name === "gone") return;
  withdraw(turn, call);
  turn.effects.push({ type: "fail-call", call, verdict });
}

/** Who waited behind it may have a turn now. */
function withdraw(turn: Turn, call: CallEntry): void {
  discardCall(turn, call);
  turn.world.libraries.touch(call.instance);
}

/** It needs nothing of this worker any more. */
export function discardCall(turn: Turn, call: CallEntry): void {
  turn.world.calls.remove(call);
  for (const name of call.order.inputs) release(turn, name);
  const { value } = call.order.call;
  if (value === undefined) return;
  for (const linked of turn.world.calls.linkedTo(value.cacheName))
    giveBackCall(turn, linked, "retracted", "the call whose value it reads did not return one that travels");
}
