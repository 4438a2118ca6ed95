import { type CacheName, LIMITS } from "@taskvine/core/model";
import type { Call } from "@taskvine/core/protocol";
import type { CallOrder } from "../../machine/libraries/tables/call.js";

const NONE: readonly CacheName[] = [];

/** What the machine must know of a call. */
export function callOrderOf(call: Call): CallOrder {
  const { inputs, outputs } = call;
  const isSimple = inputs.length === 0 && outputs.length === 0;
  return {
    call,
    inputs: isSimple ? NONE : namesOf(call),
    needsSandbox: !isSimple && (outputs.length > 0 || inputs.some(({ use }) => use === undefined)),
    inlineBytes: inlineBytesOf(call),
    pace: isSimple ? call.function : paceOf(call),
  };
}

function inlineBytesOf({ keep, value }: Call): number {
  if (keep) return -1;
  return value === undefined ? LIMITS.inlineBytes : LIMITS.valueBytes;
}

function namesOf({ inputs }: Call): CacheName[] {
  const names = new Set<CacheName>();
  for (const { from } of inputs) if ("cacheName" in from) names.add(from.cacheName);
  return [...names];
}

/** Functions that come as files may all have one name. */
function paceOf(call: Call): string {
  const from = call.inputs.find(({ use }) => use === "function")?.from;
  return from !== undefined && "cacheName" in from ? from.cacheName : call.function;
}
