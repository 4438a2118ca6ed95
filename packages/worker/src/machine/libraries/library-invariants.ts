import type { CacheName } from "@taskvine/core/model";
import type { World } from "../world.js";
import { chooseConnection } from "./dispatch.js";
import type { CallEntry } from "./tables/call.js";
import { isWanted } from "./tables/call.js";
import type { Instance } from "./tables/instance.js";

/** What must hold of libraries and calls after every step. Throws a sentence. */
export function checkLibraries(world: World, claim: (holds: boolean, otherwise: string) => void): void {
  for (const instance of world.libraries.values()) {
    checkConnections(instance, claim);
    const next = instance.queue.peek();
    const isIdle = next !== undefined && chooseConnection(instance.connections, next) !== undefined;
    claim(!isIdle || instance.state.name === "ending", `call ${next?.task} waits, and its library has room`);
    claim(world.tasks.get(instance.order.key) !== undefined, `library ${instance.order.key} is no task`);
  }
  for (const call of world.calls.values()) checkCall(world, call, claim);
}

/** Adds what calls use to a count of users. */
export function countCallInputs(world: World, count: (name: CacheName) => void): void {
  for (const call of world.calls.values()) call.order.inputs.forEach((name) => count(name));
}

function checkConnections(instance: Instance, claim: Parameters<typeof checkLibraries>[1]): void {
  for (const connection of instance.connections) {
    const flights = connection.flights();
    const begun = [...connection.begun()];
    const sent = flights.filter((flight) => flight.sent);
    const announced = begun.filter((flight) => flight.announced).length;
    claim(begun.length <= connection.facts.slots + announced, "more calls have begun than there are slots");
    claim(
      begun.length >= Math.min(sent.length, connection.facts.slots),
      "a call that was sent waits behind a free slot",
    );
    const suspects = flights.filter((flight) => isWanted(flight) && flight.call.suspicion !== undefined);
    claim(suspects.length === 0 || flights.length === 1, "a suspect has company");
  }
}

function isExpected({ cache, calls }: World, name: CacheName): boolean {
  return cache.has(name) || calls.isComing(name);
}

function checkCall(world: World, call: CallEntry, claim: Parameters<typeof checkLibraries>[1]): void {
  const { state, order, task } = call;
  if (state.name === "collecting") return;
  const instance = world.libraries.at(call.instance);
  claim(instance !== undefined, `call ${task} has no library`);
  const missing = order.inputs.filter((name) => !world.cache.has(name)).length;
  if (state.name === "waiting") {
    const isVain = order.call.linked === true && order.inputs.some((name) => !isExpected(world, name));
    claim(!isVain, `call ${task} was linked to a call that is not here`);
    claim(
      missing === state.missing,
      `call ${task} misses ${missing} inputs, the count says ${state.missing}`,
    );
  }
  if (state.name === "placed") {
    const isThere = world.libraries.connectionOf(state.flight)?.get(state.flight.id) === state.flight;
    const isHeld = instance?.crashed.some((crashed) => crashed.call === call) === true;
    claim(isThere !== isHeld, `call ${task} is placed nowhere, or twice`);
  }
}
