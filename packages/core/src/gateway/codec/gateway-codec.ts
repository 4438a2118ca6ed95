import type { Buffer } from "node:buffer";
import { taskvine } from "#wire";
import { LIMITS } from "../../model/limits.js";
import { never } from "../../model/never.js";
import { readBatch, writeBatch } from "../../protocol/batch.js";
import { badFrame, readBytes, readCount, readList, readText } from "../../protocol/checks.js";
import type { GatewayMessage, Ran, Ready, Returned, Status, Told } from "../gateway-message.js";
import { readAttempt, readFinished, readTrouble, writeAttempt, writeFinished } from "./finished-codec.js";
import { readFinite, readName, readNames, readNumber } from "./parts.js";
import { encodings } from "./words.js";

const wire = taskvine.gateway;
type WireMessage = taskvine.gateway.GatewayMessage;
type MessageFields = taskvine.gateway.GatewayMessage.$Properties;

/** What the manager sends. */
export function encodeGatewayBatch(messages: readonly GatewayMessage[]): Buffer {
  return writeBatch(messages, (message, writer) => wire.GatewayMessage.encode(toWire(message), writer));
}

/** Throws BAD_FRAME. Messages that this version does not know are skipped. */
export function decodeGatewayBatch(bytes: Uint8Array): GatewayMessage[] {
  const messages: GatewayMessage[] = [];
  readBatch(bytes, (reader, length) => {
    const message = fromWire(wire.GatewayMessage.decode(reader, length), length);
    if (message !== undefined) messages.push(message);
  });
  return messages;
}

function toWire(message: GatewayMessage): MessageFields {
  switch (message.type) {
    case "ready":
      return { ready: { ...message, executors: [...message.executors] } };
    case "finished":
      return { finished: writeFinished(message) };
    case "returned":
      return { returned: writeReturned(message) };
    case "running":
      return { running: { tasks: message.tasks as number[] } };
    case "content":
      return { content: message };
    case "answer":
      return { answer: { ...writeTold(message), answerJson: message.json } };
    case "progress":
      return { progress: { ...writeTold(message), progressJson: message.json } };
    case "failed":
      return { failed: message };
    case "refusal":
      return { refusal: message };
    case "status":
      return { status: message };
    case "note":
      return { note: message };
    default:
      return never(message);
  }
}

function writeTold({ request, attachments }: Told): { request: number; attachments: Uint8Array[] } {
  return { request, attachments: [...attachments] };
}

function writeReturned({
  encoding,
  tasks,
  values,
  ran,
  kept,
}: Returned): taskvine.gateway.Returned.$Properties {
  return {
    encoding: encodings.toWire(encoding),
    tasks: tasks as number[],
    values: values as Uint8Array[],
    kept,
    ...(ran === undefined ? {} : writeRan(ran)),
  };
}

/** Nothing for a message of a newer version. */
function fromWire(message: WireMessage, length: number): GatewayMessage | undefined {
  if (message.returned) return readReturned(message.returned);
  if (message.finished) return readFinished(message.finished);
  if (message.running) return { type: "running", tasks: message.running.tasks };
  if (message.ready) return readReady(message.ready);
  if (message.status) return readStatus(message.status);
  if (message.note)
    return {
      type: "note",
      level: readName(message.note.level, "a level"),
      message: readText(message.note.message, LIMITS.messageBytes, "a note"),
    };
  if (length === 0) throw badFrame("an empty message");
  return answerFromWire(message);
}

function answerFromWire(message: WireMessage): GatewayMessage | undefined {
  const { content, answer, progress, failed, refusal } = message;
  if (content) {
    const { request, data, last } = content;
    return {
      type: "content",
      request: readNumber(request, "a request"),
      data: readBytes(data, LIMITS.messageBytes, "content"),
      last,
    };
  }
  if (answer) return { type: "answer", ...readTold(answer.answerJson, answer) };
  if (progress) return { type: "progress", ...readTold(progress.progressJson, progress) };
  if (failed)
    return {
      type: "failed",
      request: readNumber(failed.request, "a request"),
      trouble: readTrouble(failed.trouble),
    };
  if (!refusal) return undefined;
  const { file, library, trouble } = refusal;
  return { type: "refusal", file, library, trouble: readTrouble(trouble) };
}

function readTold(
  json: string,
  { request, attachments }: { readonly request: number; readonly attachments: readonly Uint8Array[] },
): Told {
  return {
    request: readNumber(request, "a request"),
    json: readText(json, LIMITS.messageBytes, "an answer"),
    attachments: readList(attachments, LIMITS.mountsPerTask, "attachments").map((bytes) =>
      readBytes(bytes, LIMITS.messageBytes, "an attachment"),
    ),
  };
}

function writeRan({ attempt, wallMs, cpuMs }: Ran): taskvine.gateway.Returned.$Properties {
  return { attempt: writeAttempt(attempt), wallMs: wallMs as number[], cpuMs: cpuMs as number[] };
}

function readReturned(wire: taskvine.gateway.Returned): Returned {
  const { encoding, tasks, values, kept } = wire;
  if (tasks.length !== values.length) throw badFrame(`${tasks.length} calls with ${values.length} values`);
  const ran = readRan(wire);
  return {
    type: "returned",
    encoding: encodings.fromWire(encoding),
    tasks,
    values: values.map((value) => readBytes(value, LIMITS.messageBytes, "a value")),
    kept,
    ...(ran === undefined ? {} : { ran }),
  };
}

function readRan({ attempt, tasks, wallMs, cpuMs }: taskvine.gateway.Returned): Ran | undefined {
  // Read as null where it is absent, whatever the generated types say.
  if ((attempt as taskvine.gateway.AttemptRecord | null) === null) return undefined;
  if (wallMs.length !== tasks.length || (cpuMs.length > 0 && cpuMs.length !== tasks.length))
    throw badFrame(`${tasks.length} calls with ${wallMs.length} wall and ${cpuMs.length} processor times`);
  return { attempt: readAttempt(attempt), wallMs, cpuMs };
}

function readReady(ready: taskvine.gateway.Ready): Ready {
  return {
    type: "ready",
    name: readName(ready.name, "a name"),
    port: ready.port,
    connectionFile: readName(ready.connectionFile, "a path"),
    runDirectory: readName(ready.runDirectory, "a path"),
    inlineBytes: ready.inlineBytes,
    executors: readNames(ready.executors, LIMITS.mountsPerTask, "executors"),
  };
}

function readStatus(status: taskvine.gateway.Status): Status {
  const { workers, cores, waiting, running, done, failed } = status;
  return {
    type: "status",
    workers,
    cores: readFinite(cores, "cores"),
    waiting: readCount(waiting, "tasks"),
    running: readCount(running, "tasks"),
    done: readCount(done, "tasks"),
    failed: readCount(failed, "tasks"),
  };
}
