import type { Encoding } from "@taskvine/core/model";
import { COMPACT_CALL, ENCODING_OF_CODE } from "./frames.js";

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
  readonly limits?: { readonly wallMs?: number };
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
}

const ID_AT = 2;
const NAME_AT = 6;

export function isCompactCall(header: Buffer): boolean {
  return header[0] === COMPACT_CALL;
}

export function compactId(header: Buffer): number {
  return header.readUInt32BE(ID_AT);
}

export function compactName(header: Buffer): string {
  return header.toString("utf8", NAME_AT);
}

export function readCompactCall(header: Buffer): CallHeader {
  const encoding = ENCODING_OF_CODE[header[1] ?? 0] ?? "pickle";
  return { id: compactId(header), function: compactName(header), encoding };
}

export function readJsonHeader(header: Buffer): CallHeader | OtherHeader {
  const said = JSON.parse(header.toString("utf8")) as (CallHeader & { type: string }) | OtherHeader;
  return said.type === "call" ? { encoding: "json", ...said } : said;
}

export function isCall(header: CallHeader | OtherHeader): header is CallHeader {
  return "function" in header && typeof header.function === "string";
}
