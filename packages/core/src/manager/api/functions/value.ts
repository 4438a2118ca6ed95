import { readFile } from "node:fs/promises";
import { deserialize } from "node:v8";
import { VineError } from "../../../model/errors.js";
import type { TaskId } from "../../../model/ids.js";
import type { AttemptOutcome, TaskResult } from "../../../tasks/result.js";
import type { TaskSpec } from "../../../tasks/task.js";
import type { StreamFiles } from "../../content/arrivals/streams.js";
import type { VineFile } from "../vine-file.js";

/** What the manager knows of the value of a call. */
export interface ValueContext {
  readonly spec: Pick<TaskSpec, "call">;
  /** Its file, where it has one. */
  readonly value: VineFile | undefined;
  /** What was too long to travel with the news, where it is now. Default: nothing was. */
  readonly files?: StreamFiles;
}

const PICKLE = 0x80;
const V8 = 0xff;
const UTF8 = new TextDecoder("utf-8", { fatal: true });

/** The value of a call that has ended, wherever it is. */
export async function valueOf(
  ended: { readonly error: VineError | undefined; readonly id: TaskId },
  { outcome }: TaskResult,
  { spec, value, files }: ValueContext,
): Promise<unknown> {
  if (spec.call === undefined)
    throw new VineError("BAD_ARGUMENT", `task ${ended.id} is no function call: it has output, and no value`);
  if (ended.error !== undefined) throw ended.error;
  return decodeValue(await bytesOf(outcome, value, files?.valueFile));
}

async function bytesOf(
  outcome: AttemptOutcome | undefined,
  file: VineFile | undefined,
  valueFile: string | undefined,
): Promise<Uint8Array> {
  if (file !== undefined) {
    const inline = outcome?.outputs.find((output) => output.file === file.id)?.bytes;
    return inline ?? file.contents();
  }
  if (valueFile !== undefined) return readFile(valueFile).catch(lost);
  if (outcome?.call === undefined || outcome.call.spilled !== undefined) return lost(undefined);
  return outcome.call.value;
}

function lost(cause: unknown): never {
  throw new VineError(
    "VALUE_LOST",
    "the value was too large to travel with the news, and is not here any more",
    {
      cause,
    },
  );
}

/** What a function returned, by its first byte: JSON, or a structured clone. Throws VALUE_UNREADABLE. */
export function decodeValue(bytes: Uint8Array): unknown {
  const first = bytes[0];
  if (first === PICKLE)
    throw new VineError("VALUE_UNREADABLE", "the value is a Python pickle, which only Python can read");
  try {
    return first === V8 ? deserialize(bytes) : (JSON.parse(UTF8.decode(bytes)) as unknown);
  } catch (cause) {
    throw new VineError("VALUE_UNREADABLE", `the value is damaged: ${VineError.from(cause).message}`, {
      cause,
    });
  }
}

/** An exception of a function: its text and traceback as its process wrote them. The cause of a FUNCTION_RAISED. */
export class RemoteError extends Error {
  override readonly name = "RemoteError";
  /** The traceback or stack, as text. */
  readonly remoteTraceback: string;

  /** `exception`: itself, where it can be read here; else what remains of it is its text. */
  constructor(message: string, traceback: string, exception: Uint8Array) {
    super(message, exception.length === 0 ? undefined : causeOf(exception));
    this.remoteTraceback = traceback;
    if (traceback !== "") this.stack = `${this.name}: ${message}\n${traceback}`;
  }
}

function causeOf(exception: Uint8Array): { readonly cause: unknown } | undefined {
  try {
    return { cause: decodeValue(exception) };
  } catch {
    return undefined;
  }
}
