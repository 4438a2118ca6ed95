import type { Buffer } from "node:buffer";
import { taskvine } from "#wire";
import { fileId, transferId } from "../../model/ids.js";
import { LIMITS } from "../../model/limits.js";
import { never } from "../../model/never.js";
import type { HeldReplica } from "../../workers/worker.js";
import { readBatch, writeBatch } from "../batch.js";
import {
  badFrame,
  digestBytes,
  present,
  readAmount,
  readBytes,
  readCacheName,
  readCount,
  readDigest,
  readFingerprint,
  readId,
  readLabel,
  readList,
  readOptionalCount,
  readText,
  whole,
} from "../checks.js";
import type {
  Ended,
  Introduce,
  LibraryReady,
  ReplicaReady,
  Returned,
  RunningAttempt,
  TransferFailed,
  Watched,
  WorkerMessage,
} from "../worker-message.js";
import { readSlots } from "./call-codec.js";
import { readCallEnded, writeCallEnded } from "./call-outcome-codec.js";
import { readOutcome, writeOutcome } from "./outcome-codec.js";
import { readAttempt, readResources, writeResources } from "./parts.js";
import { faults, fileKinds, lifetimes, returnReasons } from "./words.js";

const wire = taskvine.worker;
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const MOST_PORT = 65_535;
const MOST_ADDRESSES = 64;
const MOST_FEATURES = 1_000;
const NO_PROOF = new Uint8Array(0);

export function encodeWorkerBatch(messages: readonly WorkerMessage[]): Buffer {
  return writeBatch(messages, (message, writer) => wire.WorkerMessage.encode(toWire(message), writer));
}

/** Throws BAD_FRAME. Messages that this version does not know are skipped. */
export function decodeWorkerBatch(bytes: Uint8Array): readonly WorkerMessage[] {
  const messages: WorkerMessage[] = [];
  readBatch(bytes, (reader, length) => {
    const message = fromWire(wire.WorkerMessage.decode(reader, length), length);
    if (message !== undefined) messages.push(message);
  });
  return messages;
}

function toWire(message: WorkerMessage): taskvine.worker.WorkerMessage.$Properties {
  switch (message.type) {
    case "introduce":
      return { introduce: writeIntroduce(message) };
    case "started":
      return { started: message };
    case "ended":
      return writeEnded(message);
    case "returned":
      return { returned: writeReturned(message) };
    case "replica-ready":
      return { replicaReady: writeReplicaReady(message) };
    case "replica-gone":
      return { replicaGone: { cacheName: message.cacheName, reason: message.reason } };
    case "transfer-failed":
      return { transferFailed: writeTransferFailed(message) };
    case "watched":
      return { watched: { ...message, offset: whole(message.offset) } };
    case "leaving":
      return { leaving: { reason: message.reason } };
    case "library-ready":
      return { libraryReady: writeLibraryReady(message) };
    default:
      return never(message);
  }
}

/** Nothing for a message of a newer version. */
function fromWire(message: taskvine.worker.WorkerMessage, length: number): WorkerMessage | undefined {
  if (message.callEnded) return readCallEnded(message.callEnded);
  if (message.ended)
    return { type: "ended", ...readAttempt(message.ended), outcome: readOutcome(message.ended) };
  if (message.started) return { type: "started", ...readAttempt(message.started) };
  if (message.replicaReady) return readReplicaReady(message.replicaReady);
  if (message.replicaGone) return readReplicaGone(message.replicaGone);
  if (message.watched) return readWatched(message.watched);
  if (message.returned) return readReturned(message.returned);
  if (message.transferFailed) return readTransferFailed(message.transferFailed);
  return fromRareWire(message, length);
}

function fromRareWire(message: taskvine.worker.WorkerMessage, length: number): WorkerMessage | undefined {
  if (message.introduce) return readIntroduce(message.introduce);
  if (message.libraryReady) return readLibraryReady(message.libraryReady);
  if (message.leaving) return { type: "leaving", reason: readMessage(message.leaving.reason) };
  if (length === 0) throw badFrame("an empty message");
  return undefined;
}

function writeEnded(message: Ended): taskvine.worker.WorkerMessage.$Properties {
  const { call } = message.outcome;
  if (call !== undefined) return { callEnded: writeCallEnded(message, call) };
  return { ended: { task: message.task, attempt: message.attempt, ...writeOutcome(message.outcome) } };
}

/** A sentence for people. */
function readMessage(text: string): string {
  return readText(text, LIMITS.inlineBytes, "a sentence");
}

function writeIntroduce(message: Introduce): taskvine.worker.Introduce.$Properties {
  return {
    name: message.name,
    host: message.host,
    hostId: message.hostId,
    resources: writeResources(message.resources),
    features: message.features as string[],
    endsWithinMs: whole(message.endsWithinMs),
    holds: message.holds.map(writeHeld),
    dataHosts: message.dataHosts as string[],
    dataPort: message.dataPort,
    dataFingerprint: message.dataFingerprint,
    cachePath: message.cachePath,
    software: message.software,
    running: message.running as RunningAttempt[],
    linksCalls: message.linksCalls === true,
    resumes: message.resumes ?? NO_PROOF,
  };
}

function readIntroduce(message: taskvine.worker.Introduce): Introduce {
  const introduce: Mutable<Introduce> = {
    type: "introduce",
    name: readLabel(message.name, "a name"),
    host: readLabel(message.host, "a host"),
    hostId: readLabel(message.hostId, "a host's id"),
    resources: readResources(message.resources),
    features: readLabels(message.features, MOST_FEATURES, "a feature"),
    holds: message.holds.map(readHeld),
    dataHosts: readLabels(message.dataHosts, MOST_ADDRESSES, "an address"),
    dataPort: readAmount(message.dataPort, MOST_PORT, "a port"),
    dataFingerprint: readFingerprint(message.dataFingerprint, "a fingerprint"),
    cachePath: readLabel(message.cachePath, "a path"),
    software: readLabel(message.software, "a software version"),
    running: message.running.map(readAttempt),
  };
  const endsWithinMs = readOptionalCount(message.endsWithinMs, "an end time");
  if (endsWithinMs !== undefined) introduce.endsWithinMs = endsWithinMs;
  if (message.linksCalls) introduce.linksCalls = true;
  const resumes = readFingerprint(message.resumes, "a proof of an earlier connection");
  if (resumes.length > 0) introduce.resumes = resumes;
  return introduce;
}

function readLabels(list: readonly string[], most: number, what: string): string[] {
  return readList(list, most, `times ${what}`).map((label) => readLabel(label, what));
}

function writeHeld(held: HeldReplica): taskvine.worker.Held.$Properties {
  return {
    cacheName: held.cacheName,
    size: whole(held.size),
    kind: fileKinds.toWire(held.kind),
    lifetime: lifetimes.toWire(held.lifetime),
    digest: digestBytes(held.digest),
  };
}

function readHeld(wireHeld: taskvine.worker.Held): HeldReplica {
  const held: Mutable<HeldReplica> = {
    cacheName: readCacheName(wireHeld.cacheName),
    size: readCount(wireHeld.size, "a size"),
    kind: fileKinds.fromWire(wireHeld.kind),
    lifetime: lifetimes.fromWire(wireHeld.lifetime),
  };
  const digest = readDigest(wireHeld.digest, "a digest");
  if (digest !== undefined) held.digest = digest;
  return held;
}

function writeReturned(message: Returned): taskvine.worker.Returned.$Properties {
  return {
    task: message.task,
    attempt: message.attempt,
    reason: returnReasons.toWire(message.reason),
    message: message.message,
  };
}

function readReturned(message: taskvine.worker.Returned): Returned {
  return {
    type: "returned",
    ...readAttempt(message),
    reason: returnReasons.fromWire(message.reason),
    message: readMessage(message.message),
  };
}

function writeReplicaReady(message: ReplicaReady): taskvine.worker.ReplicaReady.$Properties {
  return {
    transfer: message.transfer,
    size: whole(message.size),
    digest: digestBytes(message.digest),
    kind: fileKinds.toWire(message.kind),
  };
}

function readReplicaReady(message: taskvine.worker.ReplicaReady): ReplicaReady {
  const ready: Mutable<ReplicaReady> = {
    type: "replica-ready",
    transfer: readId(message.transfer, transferId, "a transfer"),
    size: readCount(message.size, "a size"),
    kind: fileKinds.fromWire(message.kind),
  };
  const digest = readDigest(message.digest, "a digest");
  if (digest !== undefined) ready.digest = digest;
  return ready;
}

function readReplicaGone(message: taskvine.worker.ReplicaGone): WorkerMessage {
  return {
    type: "replica-gone",
    cacheName: readCacheName(message.cacheName),
    reason: readMessage(message.reason),
  };
}

function writeTransferFailed({
  transfer,
  failure,
}: TransferFailed): taskvine.worker.TransferFailed.$Properties {
  return {
    transfer,
    error: failure.error,
    message: failure.message,
    fault: faults.toWire(failure.fault),
  };
}

function readTransferFailed(message: taskvine.worker.TransferFailed): TransferFailed {
  return {
    type: "transfer-failed",
    transfer: readId(message.transfer, transferId, "a transfer"),
    failure: {
      error: readLabel(message.error, "an error code"),
      message: readMessage(message.message),
      fault: faults.fromWire(present(message.fault, "a fault")),
    },
  };
}

function readWatched(message: taskvine.worker.Watched): Watched {
  return {
    type: "watched",
    ...readAttempt(message),
    file: readId(message.file, fileId, "a file"),
    offset: readCount(message.offset, "an offset"),
    data: readBytes(message.data, LIMITS.messageBytes, "appended data"),
  };
}

function writeLibraryReady(message: LibraryReady): taskvine.worker.LibraryReady.$Properties {
  const { task, attempt, slots, functions } = message;
  return {
    task,
    attempt,
    slots,
    functions: (functions ?? []) as string[],
    anyFunction: functions === undefined,
  };
}

function readLibraryReady(message: taskvine.worker.LibraryReady): LibraryReady {
  const ready: Mutable<LibraryReady> = {
    type: "library-ready",
    ...readAttempt(message),
    slots: readSlots(message.slots),
  };
  if (!message.anyFunction)
    ready.functions = readLabels(message.functions, LIMITS.libraryFunctions, "a function");
  return ready;
}
