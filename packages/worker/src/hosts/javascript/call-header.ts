import type { Encoding } from "@taskvine/core/model";
import { BadLibraryFrame, type LibraryFrame } from "../../library/frames/frame-reader.js";
import { COMPACT_CALL, COMPACT_CALL_WITH_VALUES, ENCODING_OF_CODE } from "./frames.js";

/** What a call gives its function besides arguments. */
export type GivenInput =
  | { readonly name: string; readonly use: "value" | "path"; readonly path: string }
  | { readonly name: string; readonly use: "value"; readonly attachment: number };

/** A call as its header tells of it. */
export interface CallHeader {
  readonly id: number;
  readonly function: string;
  readonly encoding: Encoding;
  /** Arguments in the header itself, already read. */
  readonly args?: readonly unknown[];
  readonly kwargs?: object;
  readonly inputs?: readonly GivenInput[];
  readonly sandbox?: string;
  readonly valueFile?: string;
  readonly inlineBytes?: number;
  readonly limits?: { readonly wallMs?: number; readonly memory?: number };
  /** Sizes of the body's attachments; absent: it is one. */
  readonly sizes?: readonly number[];
}

/** Any other message of the worker. */
export interface OtherHeader {
  readonly type: string;
  readonly id?: number;
  readonly message?: string;
  readonly compact?: boolean;
  readonly inlineBytes?: number;
  readonly valueFiles?: string;
}

const ID_AT = 2;
const NAME_AT = 6;
/** Where values go with the call, sizes stand before the name. */
const NAME_BEFORE_VALUES_AT = 10;
const VALUE_BYTES = 6;

export function isCompactCall(header: Buffer): boolean {
  return header[0] === COMPACT_CALL || header[0] === COMPACT_CALL_WITH_VALUES;
}

/** Throws BadLibraryFrame for sizes that are not those of the frame. */
export function readCompactCall({ header, body }: LibraryFrame): CallHeader {
  const hasValues = header[0] === COMPACT_CALL_WITH_VALUES;
  if (header.length < (hasValues ? NAME_BEFORE_VALUES_AT : NAME_AT)) throw lie();
  const encoding = ENCODING_OF_CODE[header[1] ?? 0] ?? "pickle";
  const id = header.readUInt32BE(ID_AT);
  if (!hasValues) return { id, function: header.toString("utf8", NAME_AT), encoding };
  const nameEnd = NAME_BEFORE_VALUES_AT + header.readUInt16BE(NAME_AT);
  const name = header.toString("utf8", NAME_BEFORE_VALUES_AT, nameEnd);
  return { id, function: name, encoding, ...readValues(header, nameEnd, body.length) };
}

/** Attachment 0 is what is left for the arguments. */
function readValues(
  header: Buffer,
  from: number,
  bodyBytes: number,
): { readonly inputs: readonly GivenInput[]; readonly sizes: readonly number[] } {
  const count = header.readUInt16BE(NAME_AT + 2);
  const inputs: GivenInput[] = [];
  const sizes = [bodyBytes];
  let at = from;
  let argumentBytes = bodyBytes;
  for (let attachment = 1; attachment <= count; attachment += 1) {
    if (at + VALUE_BYTES > header.length) throw lie();
    const size = header.readUInt32BE(at);
    const nameAt = at + VALUE_BYTES;
    at = nameAt + header.readUInt16BE(at + 4);
    inputs.push({ name: header.toString("utf8", nameAt, at), use: "value", attachment });
    sizes.push(size);
    argumentBytes -= size;
  }
  if (at !== header.length || argumentBytes < 0) throw lie();
  sizes[0] = argumentBytes;
  return { inputs, sizes };
}

function lie(): BadLibraryFrame {
  return new BadLibraryFrame("a compact header whose sizes are not those of its frame");
}

export function readJsonHeader(header: Buffer): CallHeader | OtherHeader {
  const said = JSON.parse(header.toString("utf8")) as (CallHeader & { type: string }) | OtherHeader;
  return said.type === "call" ? { encoding: "json", ...said } : said;
}

export function isCall(header: CallHeader | OtherHeader): header is CallHeader {
  return "function" in header && typeof header.function === "string";
}

/** Of a frame that is a call, however short its header is. */
export function readCallHeader(frame: LibraryFrame): CallHeader {
  if (isCompactCall(frame.header)) return readCompactCall(frame);
  const said = readJsonHeader(frame.header);
  if (isCall(said)) return said;
  throw new Error("a frame that is no call");
}
