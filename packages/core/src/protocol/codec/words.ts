import { taskvine } from "#wire";
import type { ArchiveFormat, FileKind, Lifetime } from "../../files/file.js";
import { VineError } from "../../model/errors.js";
import type { Encoding, InputUse, OutputCondition } from "../../tasks/task.js";
import type { Fault, ReturnReason } from "../worker-message.js";

const wire = taskvine.worker;

/** Our words and their numbers on the wire. A word without a number does not compile; numbers are never reused. */
const LIFETIMES = {
  task: wire.Lifetime.LIFETIME_TASK,
  workflow: wire.Lifetime.LIFETIME_WORKFLOW,
  worker: wire.Lifetime.LIFETIME_WORKER,
  forever: wire.Lifetime.LIFETIME_FOREVER,
} as const satisfies Record<Lifetime, number>;

const FILE_KINDS = {
  file: wire.FileKind.FILE_KIND_FILE,
  tree: wire.FileKind.FILE_KIND_TREE,
} as const satisfies Record<FileKind, number>;

const OUTPUT_CONDITIONS = {
  success: wire.OutputCondition.OUTPUT_CONDITION_SUCCESS,
  failure: wire.OutputCondition.OUTPUT_CONDITION_FAILURE,
  always: wire.OutputCondition.OUTPUT_CONDITION_ALWAYS,
} as const satisfies Record<OutputCondition, number>;

const ARCHIVES = {
  tar: wire.ArchiveFormat.ARCHIVE_FORMAT_TAR,
  "tar.gz": wire.ArchiveFormat.ARCHIVE_FORMAT_TAR_GZ,
  "tar.zst": wire.ArchiveFormat.ARCHIVE_FORMAT_TAR_ZST,
  zip: wire.ArchiveFormat.ARCHIVE_FORMAT_ZIP,
  gz: wire.ArchiveFormat.ARCHIVE_FORMAT_GZ,
} as const satisfies Record<ArchiveFormat, number>;

const FAULTS = {
  source: wire.Fault.FAULT_SOURCE,
  destination: wire.Fault.FAULT_DESTINATION,
  file: wire.Fault.FAULT_FILE,
} as const satisfies Record<Fault, number>;

const RETURN_REASONS = {
  retracted: wire.ReturnReason.RETURN_REASON_RETRACTED,
  "input-missing": wire.ReturnReason.RETURN_REASON_INPUT_MISSING,
  "input-damaged": wire.ReturnReason.RETURN_REASON_INPUT_DAMAGED,
  leaving: wire.ReturnReason.RETURN_REASON_LEAVING,
  "no-room": wire.ReturnReason.RETURN_REASON_NO_ROOM,
  "library-gone": wire.ReturnReason.RETURN_REASON_LIBRARY_GONE,
} as const satisfies Record<ReturnReason, number>;

const INPUT_USES = {
  value: wire.InputUse.INPUT_USE_VALUE,
  path: wire.InputUse.INPUT_USE_PATH,
  function: wire.InputUse.INPUT_USE_FUNCTION,
} as const satisfies Record<InputUse, number>;

/** The use of an input that is mounted in a sandbox: none of our words. */
export const MOUNTED = wire.InputUse.INPUT_USE_MOUNT;

const ENCODINGS = {
  json: wire.Encoding.ENCODING_JSON,
  pickle: wire.Encoding.ENCODING_PICKLE,
  v8: wire.Encoding.ENCODING_V8,
} as const satisfies Record<Encoding, number>;

export interface Words<Word extends string, Wire extends number> {
  readonly toWire: (word: Word) => Wire;
  /** Throws BAD_FRAME on a number that this version does not know, 0 included. */
  readonly fromWire: (value: number) => Word;
}

export function words<Word extends string, Wire extends number>(
  what: string,
  table: Readonly<Record<Word, Wire>>,
): Words<Word, Wire> {
  const byNumber: (Word | undefined)[] = [];
  for (const [word, value] of Object.entries(table) as [Word, Wire][]) byNumber[value] = word;
  return {
    toWire: (word) => table[word],
    fromWire: (value) => {
      const word = byNumber[value];
      if (word === undefined) throw new VineError("BAD_FRAME", `${value} is no ${what}`);
      return word;
    },
  };
}

export const lifetimes = words("lifetime", LIFETIMES);
export const fileKinds = words("kind of file", FILE_KINDS);
export const outputConditions = words("output condition", OUTPUT_CONDITIONS);
export const archiveFormats = words("archive format", ARCHIVES);
export const faults = words("fault", FAULTS);
export const returnReasons = words("reason for a return", RETURN_REASONS);
export const inputUses = words("use of an input", INPUT_USES);
export const encodings = words("encoding", ENCODINGS);
