import type { Turn, World } from "../world.js";
import type { CallVerdict } from "./library-event.js";
import { sayWhenSettled } from "./offer.js";
import { failCrashed } from "./on-instance.js";
import { failCall } from "./settle.js";
import { endInstance, insist, insistOnClosing, stopFlight } from "./stop.js";
import type { CallEntry, Flight } from "./tables/call.js";
import { isWanted } from "./tables/call.js";
import type { Connection } from "./tables/connection.js";
import type { Instance } from "./tables/instance.js";

/** The manager hears of a call that has run for so long. */
const TOLD_MS = 50;
/** A library that keeps to limits itself has so much more. */
const GRACE_MS = 100;
/** So long we wait for the end of a process whose connection has ended. */
const CRASH_MS = 1_000;

/** Whether time alone may change something: then `calls-due` is to come. */
export function isRestless({ libraries, calls }: World): boolean {
  if (calls.hasTimed) return true;
  for (const { state, changedMs, crashed, isIdle } of libraries.values()) {
    const isStarting = state.name === "starting" && Number.isFinite(state.deadlineMs);
    if (isStarting || changedMs !== undefined || crashed.length > 0 || !isIdle) return true;
  }
  return false;
}

export function onCallsDue(turn: Turn): void {
  const { libraries, calls } = turn.world;
  for (const instance of libraries.values()) lookAt(turn, instance);
  for (const call of [...calls.timed()]) {
    const { endWithinMs = Number.POSITIVE_INFINITY } = call.order.call;
    if (turn.nowMs - call.arrivedMs < endWithinMs) continue;
    stopCall(turn, call, { code: "max-end-time", message: "was not done by its end-by time" });
  }
}

function lookAt(turn: Turn, instance: Instance): void {
  const { state, order } = instance;
  if (state.name === "starting" && turn.nowMs >= state.deadlineMs) {
    endInstance(turn, instance, `library ${order.library} was not ready within ${order.startWithinMs} ms`);
  }
  sayWhenSettled(turn, instance);
  failCrashed(turn, instance, turn.nowMs - CRASH_MS);
  for (const connection of instance.connections) {
    insistOnClosing(turn, connection);
    for (const flight of [...connection.begun()]) lookAtFlight(turn, connection, flight);
  }
}

function lookAtFlight(turn: Turn, connection: Connection, flight: Flight): void {
  if (!isWanted(flight)) return insist(turn, connection, flight);
  const { call } = flight;
  const ranMs = turn.nowMs - (flight.begunMs ?? turn.nowMs);
  const { wallTimeMs = Number.POSITIVE_INFINITY } = call.order.call;
  if (ranMs >= wallTimeMs + GRACE_MS) {
    stopCall(turn, call, { code: "max-wall-time", message: `ran longer than ${wallTimeMs} ms` });
  } else if (ranMs >= TOLD_MS && !flight.told) {
    flight.told = true;
    turn.effects.push({ type: "call-runs", call });
  }
}

function stopCall(turn: Turn, call: CallEntry, verdict: CallVerdict): void {
  const { state } = call;
  if (state.name === "collecting") return;
  failCall(turn, call, verdict);
  if (state.name === "placed") stopFlight(turn, state.flight);
}
