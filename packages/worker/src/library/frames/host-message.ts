import { LIMITS } from "@taskvine/core/model";
import {
  type Answer,
  type AnswerFailure,
  FAILURE_KINDS,
  type FailureKind,
} from "../../machine/libraries/tables/call.js";
import { BadLibraryFrame, type LibraryFrame } from "./frame-reader.js";

/** What a library says of itself first. */
export interface HostHello {
  readonly type: "hello";
  readonly protocol: number;
  readonly token: string;
  readonly slots: number;
  readonly pid: number;
  /** Undefined: any name. */
  readonly functions: readonly string[] | undefined;
  readonly encodings: readonly string[];
  readonly cancel: boolean;
  readonly compact: boolean;
  /** It reads the compact header of calls that values go with. */
  readonly compactValues: boolean;
}

export type HostMessage =
  | HostHello
  | { readonly type: "started"; readonly id: number }
  | { readonly type: "answer"; readonly answer: Answer }
  /** Nothing more comes: what is not answered was not begun. */
  | { readonly type: "end" }
  | { readonly type: "log"; readonly level: string; readonly message: string }
  | { readonly type: "unknown" };

/** What any header may have, of any type. */
type Fields = {
  readonly [Name in
    | "type"
    | "protocol"
    | "token"
    | "slots"
    | "pid"
    | "functions"
    | "encodings"
    | "cancel"
    | "compact"
    | "compactValues"
    | "id"
    | "value"
    | "file"
    | "sizes"
    | "wallUs"
    | "cpuUs"
    | "memory"
    | "stdout"
    | "stderr"
    | "stdoutBytes"
    | "stderrBytes"
    | "kind"
    | "message"
    | "traceback"
    | "exitCode"
    | "signal"
    | "level"]?: unknown;
};

const BRACE = 0x7b;
const COMPACT_RESULT = 2;
const COMPACT_BYTES = 18;
const KIBIBYTE = 1024;
/** Beyond, a figure is nonsense. */
const MOST_FIGURE = 2 ** 50;
const MOST_EXIT_CODE = 2 ** 32 - 1;
const SIGNAL = /^SIG[A-Z0-9+]{1,16}$/;
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f]/;
const MESSAGE_CHARACTERS = 16 * 1024;
const NOTHING = new Uint8Array(0);

/** Throws BadLibraryFrame for what is not the protocol; fields of other types than they must have count as absent. */
export function readHostMessage({ header, body }: LibraryFrame, isCompact: boolean): HostMessage {
  if (header[0] !== BRACE) {
    if (!isCompact) throw new BadLibraryFrame("a header that is not a JSON object");
    return readCompact(header, body);
  }
  const fields = parse(header);
  switch (fields.type) {
    case "result":
      return { type: "answer", answer: readAnswer(fields, body, undefined) };
    case "error":
      return { type: "answer", answer: readAnswer(fields, body, readFailure(fields, body)) };
    case "started":
      return { type: "started", id: whole(fields.id) ?? -1 };
    case "hello":
      return readHello(fields);
    case "end":
      return { type: "end" };
    case "log":
      return {
        type: "log",
        level: text(fields.level),
        message: text(fields.message).slice(0, MESSAGE_CHARACTERS),
      };
    default:
      return { type: "unknown" };
  }
}

function readCompact(header: Buffer, body: Buffer): HostMessage {
  if (header.length < COMPACT_BYTES || header[0] !== COMPACT_RESULT) {
    throw new BadLibraryFrame("a compact header that is not a result");
  }
  const memory = header.readUInt32BE(14) * KIBIBYTE;
  const answer: Answer = {
    id: header.readUInt32BE(2),
    failure: undefined,
    value: body,
    inFile: false,
    wallUs: header.readUInt32BE(6),
    cpuUs: header.readUInt32BE(10),
    memory: memory === 0 ? undefined : memory,
    stdout: "",
    stderr: "",
    stdoutBytes: 0,
    stderrBytes: 0,
  };
  return { type: "answer", answer };
}

function parse(header: Buffer): Fields {
  try {
    const value: unknown = JSON.parse(header.toString("utf8"));
    if (typeof value === "object" && value !== null) return value;
  } catch {
    // said below
  }
  throw new BadLibraryFrame("a header that is not a JSON object");
}

function readHello(fields: Fields): HostHello {
  return {
    type: "hello",
    protocol: whole(fields.protocol) ?? 0,
    token: text(fields.token),
    slots: Math.min(Math.max(1, whole(fields.slots) ?? 1), LIMITS.librarySlots),
    pid: whole(fields.pid) ?? 0,
    functions: readFunctions(fields.functions),
    encodings: Array.isArray(fields.encodings) ? texts(fields.encodings) : ["json"],
    cancel: fields.cancel === true,
    compact: fields.compact === true,
    compactValues: fields.compact === true && fields.compactValues === true,
  };
}

function readFunctions(list: unknown): readonly string[] | undefined {
  if (!Array.isArray(list)) return undefined;
  return texts(list.slice(0, LIMITS.libraryFunctions)).filter(
    (name) => name !== "" && Buffer.byteLength(name) <= LIMITS.nameBytes && !CONTROL_CHARACTER.test(name),
  );
}

function readAnswer(fields: Fields, body: Buffer, failure: AnswerFailure | undefined): Answer {
  return {
    id: whole(fields.id) ?? -1,
    failure,
    value: failure === undefined ? readValue(fields, body) : NOTHING,
    inFile: failure === undefined && fields.file === true,
    wallUs: whole(fields.wallUs, MOST_FIGURE),
    cpuUs: whole(fields.cpuUs, MOST_FIGURE),
    memory: whole(fields.memory, MOST_FIGURE),
    ...readPrinted(fields),
  };
}

/** Of long texts a library may send the end alone, and how much there was. */
function readPrinted(fields: Fields): Pick<Answer, "stdout" | "stderr" | "stdoutBytes" | "stderrBytes"> {
  return {
    stdout: text(fields.stdout),
    stderr: text(fields.stderr),
    stdoutBytes: whole(fields.stdoutBytes, MOST_FIGURE) ?? 0,
    stderrBytes: whole(fields.stderrBytes, MOST_FIGURE) ?? 0,
  };
}

/** JSON in the header, or the first attachment; beside a file, what the library says of it. */
function readValue(fields: Fields, body: Buffer): Uint8Array {
  if (fields.file === true) return body.length > LIMITS.inlineBytes ? NOTHING : firstAttachment(fields, body);
  if ("value" in fields) return Buffer.from(JSON.stringify(fields.value));
  return firstAttachment(fields, body);
}

function firstAttachment({ sizes }: Fields, body: Buffer): Uint8Array {
  if (!Array.isArray(sizes)) return body;
  const first = whole(sizes[0]) ?? 0;
  if (first > body.length) throw new BadLibraryFrame("an attachment that is larger than the body");
  return body.subarray(0, first);
}

function readFailure(fields: Fields, body: Buffer): AnswerFailure {
  const signal = text(fields.signal);
  const exception = firstAttachment(fields, body);
  return {
    kind: readKind(fields.kind),
    message: text(fields.message).slice(0, MESSAGE_CHARACTERS),
    traceback: text(fields.traceback).slice(0, LIMITS.inlineBytes / 4),
    exception: exception.length > LIMITS.inlineBytes ? NOTHING : exception,
    exitCode: whole(fields.exitCode, MOST_EXIT_CODE),
    signal: SIGNAL.test(signal) ? signal : undefined,
  };
}

function readKind(kind: unknown): FailureKind {
  return FAILURE_KINDS.find((known) => known === kind) ?? "exception";
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function texts(values: readonly unknown[]): string[] {
  return values.filter((value) => typeof value === "string");
}

function whole(value: unknown, most = Number.MAX_SAFE_INTEGER): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 && value <= most
    ? value
    : undefined;
}
