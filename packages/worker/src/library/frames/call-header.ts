import type { Encoding } from "@taskvine/core/model";
import type { Call } from "@taskvine/core/protocol";
import type { LibraryFrameWriter } from "./frame-writer.js";

export const ENCODING_CODES: Readonly<Record<Encoding, number>> = { json: 1, pickle: 2, v8: 3 };

/** An input as a library is told of it. */
export type CallInputPlace =
  | { readonly name: string; readonly use: "value" | "path"; readonly path: string }
  | { readonly name: string; readonly use: "value"; readonly attachment: number };

/** Where the things of a call are at this worker. */
export interface CallPlaces {
  /** What the library is to call. */
  readonly function: string;
  readonly inputs: readonly CallInputPlace[];
  /** Values that go with the call, in the order of their attachment numbers. */
  readonly values: readonly Uint8Array[];
  readonly sandbox: string | undefined;
  /** Where the library is to write the value when it has more than `inlineBytes`. */
  readonly valueFile: string | undefined;
  readonly inlineBytes: number;
}

/**
 * Arguments as they travel: in the header where they are JSON and small, so that anyone can read them; else, and for
 * hosts that prefer bytes, as attachment 0.
 */
export type CallArguments =
  | { readonly type: "attached"; readonly bytes: Uint8Array }
  | { readonly type: "listed"; readonly args: readonly unknown[]; readonly kwargs: object };

/** As many as a short header can count. */
const MOST_VALUES = 65_535;
const LISTED_BYTES = 256 * 1024;

/** Whether a short header says all there is to say: of inputs, it can name the function, and values that go with the call. */
export function isBrief(
  { inputs, outputs, wallTimeMs, memory, keep }: Call,
  mayGiveValues: boolean,
): boolean {
  if (outputs.length > 0 || wallTimeMs !== undefined || memory !== undefined || keep) return false;
  if (inputs.length > MOST_VALUES) return false;
  return inputs.every(
    ({ use, from }) => use === "function" || (mayGiveValues && use === "value" && "value" in from),
  );
}

export function argumentsOf({ args, encoding }: Call, isCompact: boolean): CallArguments {
  if (isCompact || encoding !== "json" || args.length > LISTED_BYTES)
    return { type: "attached", bytes: args };
  try {
    const text = Buffer.from(args.buffer, args.byteOffset, args.length).toString("utf8");
    const [list, kwargs = {}] = JSON.parse(text) as [unknown, unknown];
    if (Array.isArray(list) && typeof kwargs === "object" && kwargs !== null) {
      return { type: "listed", args: list, kwargs };
    }
  } catch {
    // The library says what is wrong with it.
  }
  return { type: "attached", bytes: args };
}

export function writeCall(
  writer: LibraryFrameWriter,
  flight: { readonly id: number; readonly call: Call },
  given: CallArguments,
  places: CallPlaces,
): void {
  const { encoding, wallTimeMs, memory } = flight.call;
  const { inputs, values, sandbox, valueFile, inlineBytes } = places;
  const hasLimits = wallTimeMs !== undefined || memory !== undefined;
  const header = {
    type: "call",
    id: flight.id,
    function: places.function,
    encoding,
    inlineBytes,
    ...(given.type === "listed" ? { args: given.args } : undefined),
    ...(given.type === "listed" && Object.keys(given.kwargs).length > 0
      ? { kwargs: given.kwargs }
      : undefined),
    ...(inputs.length === 0 ? undefined : { inputs }),
    ...(sandbox === undefined ? undefined : { sandbox }),
    ...(valueFile === undefined ? undefined : { valueFile }),
    ...(hasLimits ? { limits: limitsOf(wallTimeMs, memory) } : undefined),
  };
  writer.json(header, given.type === "attached" ? [given.bytes, ...values] : values);
}

function limitsOf(wallMs: number | undefined, memory: number | undefined): object {
  return { ...(wallMs === undefined ? {} : { wallMs }), ...(memory === undefined ? {} : { memory }) };
}
