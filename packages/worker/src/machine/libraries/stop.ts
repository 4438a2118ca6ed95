import type { Turn } from "../world.js";
import type { CallEntry, Flight } from "./tables/call.js";
import type { Connection } from "./tables/connection.js";
import type { Instance } from "./tables/instance.js";

/** A library that can stop calls has so long to do it before the process of the connection is ended. */
const STOP_MS = 50;
/** And so long where that process is the whole library, with calls that nobody wants to stop. */
const STOP_MAIN_MS = 2_000;

/**
 * Nobody waits any more for a call that was `placed`: the library is told so. Where it cannot be told, or does not obey,
 * the process goes; what else was on that connection is run again. Call after the call itself was settled.
 */
export function stopFlight(turn: Turn, flight: Flight): void {
  const { libraries } = turn.world;
  const connection = libraries.connectionOf(flight);
  if (connection === undefined) return;
  libraries.touch(connection.instance);
  if (!flight.sent) connection.remove(flight, turn.nowMs);
  else if (connection.facts.cancels) {
    turn.effects.push({ type: "cancel-call", flight });
    if (flight.begunMs !== undefined) flight.killAtMs = turn.nowMs + patienceMs(connection);
  } else if (flight.begunMs !== undefined) endConnection(turn, connection, flight.call);
}

function patienceMs({ facts }: Connection): number {
  return facts.isMain && facts.cancels ? STOP_MAIN_MS : STOP_MS;
}

/** A call that nobody waits for has its turn, or still has it. */
export function insist(turn: Turn, connection: Connection, flight: Flight): void {
  flight.killAtMs ??= turn.nowMs + patienceMs(connection);
  if (turn.nowMs >= flight.killAtMs) endConnection(turn, connection, flight.call);
}

/** It said that it would close by itself. */
export function insistOnClosing(turn: Turn, connection: Connection): void {
  if (connection.killAtMs === undefined || turn.nowMs < connection.killAtMs) return;
  connection.isEnding = false;
  kill(turn, connection, "ended because it did not close its connection");
}

function endConnection(turn: Turn, connection: Connection, call: CallEntry): void {
  kill(turn, connection, `ended to stop call ${call.task} of ${call.order.call.function}`);
}

function kill(turn: Turn, connection: Connection, message: string): void {
  const instance = turn.world.libraries.at(connection.instance);
  if (connection.isEnding || instance === undefined) return;
  connection.isEnding = true;
  connection.killAtMs = undefined;
  if (connection.facts.isMain) return endInstance(turn, instance, message);
  const { key } = instance.order;
  turn.effects.push({ type: "end-connection", connection: connection.facts.id, key, message });
}

/** Ends the whole library; the manager is told when it has. Its calls are given back then. */
export function endInstance(turn: Turn, instance: Instance, message: string): void {
  if (instance.state.name === "ending") return;
  instance.move({ name: "ending", isKnown: false });
  turn.effects.push({
    type: "kill-task",
    key: instance.order.key,
    code: "library-exit",
    message,
    graceMs: 0,
  });
}
