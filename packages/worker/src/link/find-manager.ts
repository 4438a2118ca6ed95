import { randomInt } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { printDuration, VineError } from "@taskvine/core/model";
import type { ManagerPlace } from "../daemon/options.js";
import { type Route, routesTo } from "./route.js";

/** Between two rounds of tries: doubled each time. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 8_000;
/** The same failure is told again after so long: somebody may have missed it, or waits for something else. */
const REPEAT_MS = 60_000;
/** For one address; another may be better. */
const TRY_MS = 2_000;

export interface Search {
  readonly place: ManagerPlace;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Errors that no second try would cure end the search: only where no manager was ever found. */
  readonly isFirst: boolean;
  /** Resolves when that manager took us in. */
  attempt(route: Route, timeoutMs: number): Promise<void>;
  /** Why there is none yet, and for how long it will be looked for: when that changes, and every minute. */
  onFailure(error: VineError, restMs: number): void;
  /** In place of the minute. */
  readonly repeatMs?: number;
}

/** Tries all ways to the manager, with growing pauses, until one works. Rejects with NO_MANAGER when time is up. */
export async function findManager(search: Search): Promise<void> {
  const deadlineMs = performance.now() + search.timeoutMs;
  let last: VineError | undefined;
  const said = { message: "", atMs: 0 };
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)) {
    last = await tryAll(search, deadlineMs);
    if (last === undefined) return;
    search.signal.throwIfAborted();
    if (search.isFirst && isHopeless(last)) throw last;
    const nowMs = performance.now();
    const restMs = deadlineMs - nowMs;
    if (
      restMs > 0 &&
      (last.message !== said.message || nowMs - said.atMs >= (search.repeatMs ?? REPEAT_MS))
    ) {
      search.onFailure(last, restMs);
      Object.assign(said, { message: last.message, atMs: nowMs });
    }
    if (restMs <= 0) throw noManager(search, last);
    await wait(Math.min(restMs, jittered(pauseMs)), undefined, { signal: search.signal });
  }
}

/** Undefined when it worked; else what was wrong with the last one. */
async function tryAll(search: Search, deadlineMs: number): Promise<VineError | undefined> {
  try {
    const routes = await routesTo(search.place);
    let last = new VineError("NO_MANAGER", `its connection file ${pathOf(search.place)} is not there yet`);
    for (const route of routes) {
      const failure = await tryOne(search, route, deadlineMs);
      if (failure === undefined || search.signal.aborted) return failure;
      last = failure;
    }
    return last;
  } catch (error) {
    return VineError.from(error);
  }
}

async function tryOne(search: Search, route: Route, deadlineMs: number): Promise<VineError | undefined> {
  try {
    await search.attempt(route, Math.min(TRY_MS, Math.max(1, deadlineMs - performance.now())));
    return undefined;
  } catch (error) {
    return VineError.from(error, "NO_MANAGER");
  }
}

function pathOf(place: ManagerPlace): string {
  return place.type === "file" ? place.path : "";
}

function isHopeless(error: VineError): boolean {
  return !error.retry && error.code !== "INTERNAL" && error.code !== "MANAGER_CLOSED";
}

function jittered(pauseMs: number): number {
  return pauseMs / 2 + randomInt(pauseMs / 2 + 1);
}

function noManager(search: Search, last: VineError): VineError {
  return new VineError(
    "NO_MANAGER",
    `no manager was found for ${printDuration(search.timeoutMs)}: ${last.message}`,
    {
      cause: last,
    },
  );
}
