import type { AttemptKey } from "../tables/order.js";
import type { Turn } from "../world.js";
import { noteOffer } from "./offer.js";
import { failCall } from "./settle.js";
import { type CallEntry, type Flight, isWanted } from "./tables/call.js";
import type { Connection, ConnectionFacts } from "./tables/connection.js";
import type { Instance } from "./tables/instance.js";

/** A library that has said the end of a connection closes it within this time, or is made to. */
const CLOSE_MS = 2_000;

export function onConnectionOpened(turn: Turn, key: AttemptKey, facts: ConnectionFacts): void {
  const { libraries } = turn.world;
  const instance = libraries.at(key);
  if (instance === undefined) return;
  libraries.connect(instance, facts);
  if (instance.state.name === "waiting")
    instance.move({ name: "starting", deadlineMs: Number.POSITIVE_INFINITY });
  if (instance.state.name === "starting") instance.move({ name: "ready" });
  libraries.touch(instance.order.key);
  noteOffer(turn, instance);
}

export function onConnectionEnding(turn: Turn, id: number): void {
  const connection = turn.world.libraries.connection(id);
  if (connection === undefined || connection.isEnding) return;
  connection.isEnding = true;
  connection.killAtMs = turn.nowMs + CLOSE_MS;
}

export function onConnectionClosed(turn: Turn, id: number): void {
  const { libraries } = turn.world;
  const connection = libraries.connection(id);
  const instance = connection === undefined ? undefined : libraries.at(connection.instance);
  if (connection === undefined || instance === undefined) return;
  takeCallsOf(turn, instance, connection);
  const { startWithinMs } = instance.order;
  const isAlone = instance.connections.length === 0 && instance.state.name === "ready";
  if (isAlone) instance.move({ name: "starting", deadlineMs: turn.nowMs + startWithinMs });
  libraries.touch(instance.order.key);
  noteOffer(turn, instance);
}

/**
 * A connection has ended. What is known to have ended it fails; the rest goes back into the queue. Where nobody knows
 * which it was, all that were on it are suspects, to be run one at a time.
 */
export function takeCallsOf(turn: Turn, instance: Instance, connection: Connection): void {
  const flights = connection.flights();
  turn.world.libraries.disconnect(instance, connection);
  const wanted = flights.filter(isWanted);
  const isExplained = connection.isEnding || instance.state.name === "ending" || flights.some(isStopped);
  const culprits = isExplained ? [] : culpritsAmong(wanted);
  for (const { call } of culprits) blame(turn, instance, connection, call);
  const rest = wanted.filter((flight) => !culprits.includes(flight));
  if (!isExplained && culprits.length === 0) suspect(rest);
  for (const { call } of rest) turn.world.calls.move(call, { name: "queued" });
  instance.queue.putBack(rest.map(({ call }) => call));
}

/** It had its turn when nobody wanted it any more. */
function isStopped(flight: Flight): boolean {
  return !isWanted(flight) && flight.begunMs !== undefined;
}

function culpritsAmong(flights: readonly Flight[]): readonly Flight[] {
  const sent = flights.filter((flight) => flight.sent);
  const announced = sent.filter((flight) => flight.announced);
  return announced.length > 0 || sent.length > 1 ? announced : sent;
}

function suspect(flights: readonly Flight[]): void {
  let suspicion: "first" | "other" = "first";
  for (const { call, sent } of flights) {
    if (!sent) continue;
    call.suspicion = suspicion;
    suspicion = "other";
  }
}

function blame(turn: Turn, instance: Instance, connection: Connection, call: CallEntry): void {
  const mayBeAll = connection.facts.isMain || instance.connections.length === 0;
  if (mayBeAll) instance.crashed.push({ call, atMs: turn.nowMs });
  else failCall(turn, call, { code: "library-exit", message: "the process that ran it ended" });
}
