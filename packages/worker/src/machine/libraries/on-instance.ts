import type { AttemptKey } from "../tables/order.js";
import type { Turn } from "../world.js";
import { takeCallsOf } from "./on-connection.js";
import { failCall, giveBackCall } from "./settle.js";
import { stopFlight } from "./stop.js";
import type { Instance, ProcessExit } from "./tables/instance.js";

export function onLibraryStarted(turn: Turn, key: AttemptKey): void {
  const instance = turn.world.libraries.at(key);
  if (instance?.state.name !== "waiting") return;
  const { startWithinMs } = instance.order;
  instance.move({ name: "starting", deadlineMs: turn.nowMs + startWithinMs });
}

export function onLibraryExited(turn: Turn, key: AttemptKey, exit: ProcessExit): void {
  const instance = turn.world.libraries.at(key);
  if (instance !== undefined) instance.exit = exit;
}

/** It is being ended because somebody wants it so: its calls run elsewhere. */
export function onInstanceCondemned(turn: Turn, key: AttemptKey, message: string): void {
  const instance = turn.world.libraries.at(key);
  if (instance === undefined) return;
  if (instance.state.name !== "ending") instance.move({ name: "ending", isKnown: true });
  for (const call of turn.world.calls.of(key)) {
    const { state } = call;
    if (state.name === "collecting") continue;
    giveBackCall(turn, call, "library-gone", `its library was ended: ${message}`);
    if (state.name === "placed" && !state.flight.sent) stopFlight(turn, state.flight);
  }
}

/** No process of it is left. */
export function onInstanceGone(turn: Turn, key: AttemptKey): void {
  const { libraries } = turn.world;
  const instance = libraries.at(key);
  if (instance === undefined) return;
  for (const connection of [...instance.connections]) takeCallsOf(turn, instance, connection);
  failCrashed(turn, instance, Number.POSITIVE_INFINITY);
  const message = `the library ended: ${instance.exit?.message ?? "it did not start"}`;
  const hasBlame = instance.state.name !== "ending";
  for (const call of turn.world.calls.of(key)) {
    if (call.state.name === "collecting") continue;
    if (hasBlame && call.suspicion === "first") failCall(turn, call, crashVerdict(instance));
    else giveBackCall(turn, call, "library-gone", message);
  }
  libraries.remove(instance);
}

/** Calls whose process has ended by this time fail, with what is known of it. */
export function failCrashed(turn: Turn, instance: Instance, untilMs: number): void {
  for (let first = instance.crashed[0]; first !== undefined; first = instance.crashed[0]) {
    if (first.atMs > untilMs) return;
    instance.crashed.shift();
    if (first.call.state.name !== "gone") failCall(turn, first.call, crashVerdict(instance));
  }
}

function crashVerdict({ exit }: Instance): Parameters<typeof failCall>[2] {
  const message = `the process that ran it ended${exit === undefined ? "" : `: ${exit.message}`}`;
  return { code: "library-exit", message, ...(exit === undefined ? {} : { exit }) };
}
