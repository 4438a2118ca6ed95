import { condemn } from "../on-task.js";
import type { Turn } from "../world.js";
import type { CallEntry, Flight } from "./tables/call.js";
import type { Connection } from "./tables/connection.js";
import type { Instance } from "./tables/instance.js";

/** A connection is given calls ahead for so long, of each of its slots, microseconds; and at most so many. */
const AHEAD_US = 2_000;
const MOST_AHEAD = 64;
/** One call ahead of each slot it is given as long as that is free again within this time, microseconds: fetching the next one takes a part of it. */
const NEXT_US = 10_000;
/** What a call is thought to take while nobody knows. */
const LONG_US = NEXT_US;

/** Gives calls to libraries, in order of arrival, as far as their connections take them. */
export function dispatchCalls(turn: Turn): void {
  for (const instance of turn.world.libraries.takeChanged()) {
    if (instance.state.name === "ending") continue;
    dispatch(turn, instance);
    if (instance.endsWhenIdle && instance.isIdle) endIdle(turn, instance);
  }
}

function dispatch(turn: Turn, { queue, connections }: Instance): void {
  for (let call = queue.peek(); call !== undefined; call = queue.peek()) {
    const connection = chooseConnection(connections, call);
    if (connection === undefined) return;
    queue.shift();
    place(turn, connection, call);
  }
}

/** The connection with most room among those that take it now. */
export function chooseConnection(
  connections: readonly Connection[],
  call: CallEntry,
): Connection | undefined {
  let best: Connection | undefined;
  let bestLoad = Number.POSITIVE_INFINITY;
  for (const connection of connections) {
    const load = connection.size / connection.facts.slots;
    if (load >= bestLoad || !takes(connection, call)) continue;
    best = connection;
    bestLoad = load;
  }
  return best;
}

function takes(connection: Connection, { suspicion, pace }: CallEntry): boolean {
  const { size, facts, expectedUs, isEnding, isReserved } = connection;
  if (isEnding || isReserved) return false;
  if (size === 0) return true;
  if (suspicion !== undefined) return false;
  if (size < facts.slots) return true;
  if (connection.isFull) return false;
  const expected = pace.expectedUs ?? LONG_US;
  const fits = hasRoomAhead(connection, expectedUs + expected);
  if (!fits) connection.fill();
  return fits;
}

function hasRoomAhead({ size, facts: { slots } }: Connection, us: number): boolean {
  if (size < 2 * slots && us <= slots * NEXT_US) return true;
  return size < slots * MOST_AHEAD && us <= slots * AHEAD_US;
}

function place(turn: Turn, connection: Connection, call: CallEntry): void {
  const { calls, libraries } = turn.world;
  const flight: Flight = {
    call,
    connection: connection.facts.id,
    id: libraries.nextNumber(),
    expectedUs: call.pace.expectedUs ?? LONG_US,
    placedMs: turn.nowMs,
    sent: false,
    begunMs: undefined,
    announced: false,
    askedBack: false,
    told: false,
    killAtMs: undefined,
  };
  calls.move(call, { name: "placed", flight });
  connection.add(flight);
  if (call.order.needsSandbox) {
    turn.effects.push({ type: "stage-call", call });
    return;
  }
  connection.sent(flight, turn.nowMs);
  turn.effects.push({ type: "send-call", flight });
}

function endIdle(turn: Turn, instance: Instance): void {
  const entry = turn.world.tasks.get(instance.order.key);
  if (entry !== undefined) condemn(turn, entry, "forget", "its manager was lost");
}
