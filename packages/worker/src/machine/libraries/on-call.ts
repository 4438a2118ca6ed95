import type { Attempt, CacheName, TaskId } from "@taskvine/core/model";
import { makeRoom, release, removeEntry, roomInCache, storeEntry } from "../on-cache.js";
import type { Stored } from "../tables/entry.js";
import { isHere, type Turn, type World } from "../world.js";
import type { Answered, CallReturnReason } from "./library-event.js";
import { discardCall, failCall, forgetCall, giveBackCall } from "./settle.js";
import { stopFlight } from "./stop.js";
import {
  type Answer,
  type CallEntry,
  type CallOrder,
  type FailureKind,
  type Flight,
  isWanted,
  newCall,
} from "./tables/call.js";
import { withValue } from "./tables/call-values.js";
import { FunctionPace } from "./tables/pace.js";

const TAKEN_BACK = "taken back";

export function onCallAsked(turn: Turn, order: CallOrder): void {
  const { calls, libraries, leaving } = turn.world;
  const { task, attempt, instance: at } = order.call;
  if (calls.get(task, attempt) !== undefined) return;
  if (leaving) return refuse(turn, order, "leaving", "the worker is leaving");
  const instance = libraries.get(at);
  const { state } = instance ?? {};
  if (instance === undefined || (state?.name === "ending" && state.isKnown)) {
    return refuse(turn, order, "library-gone", "the library instance that it was meant for has ended");
  }
  const call = newCall(
    order,
    instance.order.key,
    instance.paceOf(order.call.function, order.pace),
    turn.nowMs,
  );
  const absent = absentInputs(turn.world, call);
  if (order.call.linked === true && !absent.every((name) => calls.isComing(name)))
    return refuse(turn, order, "retracted", "no call that is here returns what it reads");
  calls.add(call, absent);
  for (const name of call.order.inputs) turn.world.cache.pin(name);
  if (absent.length > 0) return;
  instance.queue.push(call);
  libraries.touch(call.instance);
}

const NOTHING: readonly CacheName[] = [];

/** What a linked call reads may have been returned before it came: it gets it then. */
function absentInputs(world: World, call: CallEntry): readonly CacheName[] {
  const { inputs } = call.order;
  if (inputs.length === 0) return NOTHING;
  const absent = inputs.filter((name) => !isHere(world, name));
  return call.order.call.linked === true ? absent.filter((name) => !takeRecent(world, call, name)) : absent;
}

function takeRecent({ calls }: World, call: CallEntry, name: CacheName): boolean {
  const value = calls.recentValue(name);
  if (value !== undefined) call.order = withValue(call.order, name, value);
  return value !== undefined;
}

/** Those that were linked to a call which has returned may begin; whether there are any. */
function beginLinked(turn: Turn, { order }: CallEntry, bytes: Uint8Array): boolean {
  const { calls, libraries } = turn.world;
  const { value, linked } = order.call;
  if (value === undefined) return false;
  const { cacheName } = value;
  const waiting = calls.linkedTo(cacheName);
  if (waiting.length === 0 && linked === true) calls.remember(cacheName, bytes);
  for (const next of waiting) {
    release(turn, cacheName);
    if (!calls.giveValue(next, cacheName, bytes)) continue;
    libraries.at(next.instance)?.queue.push(next);
    libraries.touch(next.instance);
  }
  return waiting.length > 0;
}

function refuse(turn: Turn, order: CallOrder, reason: CallReturnReason, message: string): void {
  const call = newCall(order, "", new FunctionPace(order.call.function), turn.nowMs);
  turn.effects.push({ type: "return-call", call, reason, message });
}

export function onCallRetracted(turn: Turn, task: TaskId, attempt: Attempt): void {
  const call = turn.world.calls.get(task, attempt);
  if (call === undefined) return;
  if (isUnplaced(call)) giveBackCall(turn, call, "retracted", TAKEN_BACK);
  else if (call.state.name === "placed") takeFromLibrary(turn, call.state.flight);
}

/** It was asked back, and had not begun. */
function isGivenUp({ askedBack }: Flight, { failure }: Answer): boolean {
  return askedBack && failure?.kind === "cancelled";
}

/** It waits for its sandbox, or behind others in the library: that gives it up if it has not begun it by then. */
function takeFromLibrary(turn: Turn, flight: Flight): void {
  if (!flight.sent) {
    giveBackCall(turn, flight.call, "retracted", TAKEN_BACK);
    stopFlight(turn, flight);
  } else if (flight.begunMs === undefined && !flight.askedBack) {
    flight.askedBack = true;
    turn.effects.push({ type: "withdraw-call", flight });
  }
}

export function onCallKilled(turn: Turn, task: TaskId, attempt: Attempt): void {
  const call = turn.world.calls.get(task, attempt);
  if (call !== undefined) dropCall(turn, call);
}

/** Nobody is told of it, and it is stopped. */
export function dropCall(turn: Turn, call: CallEntry): void {
  const { state } = call;
  forgetCall(turn, call);
  if (state.name === "placed") stopFlight(turn, state.flight);
}

export function isUnplaced({ state }: CallEntry): boolean {
  return state.name === "waiting" || state.name === "queued";
}

export function onCallStaged(turn: Turn, call: CallEntry): void {
  const { state } = call;
  if (state.name !== "placed" || state.flight.sent) return;
  turn.world.libraries.connectionOf(state.flight)?.sent(state.flight, turn.nowMs);
  turn.effects.push({ type: "send-call", flight: state.flight });
}

export function onCallUnstaged(turn: Turn, call: CallEntry, message: string): void {
  const { state } = call;
  if (state.name !== "placed") return;
  giveBackCall(turn, call, "no-room", message);
  stopFlight(turn, state.flight);
}

export function onCallsBegun(turn: Turn, id: number, ids: readonly number[]): void {
  const connection = turn.world.libraries.connection(id);
  for (const one of ids) {
    const flight = connection?.get(one);
    if (flight !== undefined) connection?.announced(flight, turn.nowMs);
  }
}

export function onCallsAnswered(turn: Turn, id: number, answers: readonly Answer[]): void {
  const { libraries } = turn.world;
  const connection = libraries.connection(id);
  if (connection === undefined) return;
  libraries.touch(connection.instance);
  for (const answer of answers) {
    const flight = connection.get(answer.id);
    if (flight?.sent !== true) continue;
    connection.remove(flight, turn.nowMs);
    onAnswer(turn, flight, answer);
  }
}

const CUT_SHORT: ReadonlySet<FailureKind> = new Set(["crash", "timeout", "memory", "cancelled", "disk"]);

/** It may have written its value, or begun to, and nobody will take it. */
function leavesInVain(flight: Flight, { failure, inFile }: Answer): boolean {
  if (failure === undefined) return inFile && !isWanted(flight);
  return flight.begunMs !== undefined && !flight.askedBack && CUT_SHORT.has(failure.kind);
}

function onAnswer(turn: Turn, flight: Flight, answer: Answer): void {
  const { call, placedMs, begunMs } = flight;
  const { failure, wallUs, value, inFile } = answer;
  const ranMs = wallUs === undefined ? turn.nowMs - (begunMs ?? turn.nowMs) : wallUs / 1000;
  const isLarge = failure === undefined && (inFile || value.length > call.order.inlineBytes);
  if (failure === undefined) {
    call.pace.took(ranMs * 1000);
    call.pace.givesLarge = isLarge;
  }
  if (leavesInVain(flight, answer)) turn.effects.push({ type: "discard-value", flight });
  if (!isWanted(flight)) return;
  if (isGivenUp(flight, answer)) return giveBackCall(turn, call, "retracted", TAKEN_BACK);
  const times = { queuedMs: placedMs - call.arrivedMs, ranMs };
  if (call.order.needsSandbox || isLarge) {
    turn.world.calls.move(call, { name: "collecting" });
    turn.effects.push({ type: "collect-call", answered: { call, answer, ...times, isFollowed: false } });
  } else report(turn, call, answer, times);
}

/** Its value travels with the news. */
function report(
  turn: Turn,
  call: CallEntry,
  answer: Answer,
  { queuedMs, ranMs }: Pick<Answered, "queuedMs" | "ranMs">,
): void {
  const isFollowed = answer.failure === undefined && beginLinked(turn, call, answer.value);
  discardCall(turn, call);
  turn.effects.push({ type: "report-call", answered: { call, answer, queuedMs, ranMs, isFollowed } });
}

export function onCallCollected(
  turn: Turn,
  call: CallEntry,
  stored: readonly Stored[],
  loosened: readonly CacheName[],
): void {
  const { cache } = turn.world;
  for (const name of loosened) cache.distrust(name);
  const bytes = stored.reduce((sum, { size }) => sum + size, 0);
  if (bytes > 0 && !makeRoom(turn, bytes)) return turnAway(turn, call, stored, bytes);
  for (const entry of stored) storeEntry(turn, entry);
  if (call.state.name === "collecting") {
    discardCall(turn, call);
    turn.effects.push({ type: "report-collected", call });
    return;
  }
  for (const { cacheName } of stored) if (cache.users(cacheName) === 0) removeEntry(turn, cacheName);
}

/** The worker's disk has no room for what the call left: it is to run where there is. */
function turnAway(turn: Turn, call: CallEntry, stored: readonly Stored[], bytes: number): void {
  const { cache, limits } = turn.world;
  for (const { cacheName } of stored)
    if (!cache.has(cacheName)) turn.effects.push({ type: "remove-entry", cacheName });
  if (call.state.name !== "collecting") return;
  const free = roomInCache(turn.world);
  const message = `what it returned has ${bytes} bytes; of the ${limits.resources.disk} bytes of disk of its worker ${free} are free`;
  failCall(turn, call, { code: "unknown", message });
}

export function onCallSpoiled(turn: Turn, call: CallEntry): void {
  if (call.state.name !== "collecting") return;
  giveBackCall(
    turn,
    call,
    "input-damaged",
    "an input in the worker's cache was changed while the call had it",
  );
}

/** What waits for a file that is not here any more, or that nobody brings, goes back. */
export function returnWaitingFor(turn: Turn, cacheName: CacheName, message: string): void {
  for (const call of [...turn.world.calls.values()]) {
    if (isUnplaced(call) && call.order.inputs.includes(cacheName)) {
      giveBackCall(turn, call, "input-missing", message);
    }
  }
}
