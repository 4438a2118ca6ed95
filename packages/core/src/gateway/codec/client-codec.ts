import type { Buffer } from "node:buffer";
import { taskvine } from "#wire";
import { LIMITS } from "../../model/limits.js";
import { never } from "../../model/never.js";
import { readBatch, writeBatch } from "../../protocol/batch.js";
import { badFrame, readBytes, readList, readText } from "../../protocol/checks.js";
import type { Cancel, ClientMessage, Execute, FetchContent, Query } from "../client-message.js";
import { readDeclare, readLibrary, writeDeclare, writeLibrary } from "./declare-codec.js";
import { readName, readNumber } from "./parts.js";
import { readCalls, readSubmit, writeCalls, writeSubmit } from "./task-codec.js";

const wire = taskvine.gateway;
type WireMessage = taskvine.gateway.ClientMessage;
type MessageFields = taskvine.gateway.ClientMessage.$Properties;

/** What a client sends. */
export function encodeClientBatch(messages: readonly ClientMessage[]): Buffer {
  return writeBatch(messages, (message, writer) => wire.ClientMessage.encode(toWire(message), writer));
}

/** Throws BAD_FRAME. Messages that this version does not know are skipped. Arguments of calls are views of `bytes`. */
export function decodeClientBatch(bytes: Uint8Array): ClientMessage[] {
  const messages: ClientMessage[] = [];
  readBatch(bytes, (reader, length) => {
    const message = fromWire(wire.ClientMessage.decode(reader, length), length);
    if (message !== undefined) messages.push(message);
  });
  return messages;
}

function toWire(message: ClientMessage): MessageFields {
  switch (message.type) {
    case "declare":
      return { declare: writeDeclare(message) };
    case "library":
      return { library: writeLibrary(message) };
    case "remove-library":
      return { removeLibrary: { library: message.library } };
    case "submit":
      return { submit: writeSubmit(message) };
    case "calls":
      return { calls: writeCalls(message) };
    case "cancel":
      return { cancel: writeCancel(message) };
    case "prune":
      return { prune: { files: [...message.files] } };
    case "undeclare":
      return { undeclare: { files: [...message.files] } };
    default:
      return requestToWire(message);
  }
}

type Request = Exclude<
  ClientMessage,
  { type: "declare" | "library" | "remove-library" | "submit" | "calls" | "cancel" | "prune" | "undeclare" }
>;

function requestToWire(message: Request): MessageFields {
  switch (message.type) {
    case "fetch":
      return { fetch: message };
    case "query":
      return { query: message };
    case "execute": {
      const { attachments, files, ...rest } = message;
      return { execute: { ...rest, attachments: [...attachments], files: [...files] } };
    }
    case "abandon":
      return { abandon: { request: message.request } };
    case "bye":
      return { bye: {} };
    default:
      return never(message);
  }
}

/** Nothing for a message of a newer version. The most frequent come first. */
function fromWire(message: WireMessage, length: number): ClientMessage | undefined {
  if (message.calls) return readCalls(message.calls);
  if (message.submit) return readSubmit(message.submit);
  if (message.declare) return readDeclare(message.declare);
  if (message.library) return readLibrary(message.library);
  if (message.removeLibrary)
    return { type: "remove-library", library: readNumber(message.removeLibrary.library, "a library") };
  if (message.cancel) return readCancel(message.cancel);
  if (message.prune) return { type: "prune", files: message.prune.files };
  if (message.undeclare) return { type: "undeclare", files: message.undeclare.files };
  if (length === 0) throw badFrame("an empty message");
  return requestFromWire(message);
}

function requestFromWire(message: WireMessage): ClientMessage | undefined {
  if (message.fetch) return readFetch(message.fetch);
  if (message.query) return readQuery(message.query);
  if (message.execute) return readExecute(message.execute);
  if (message.abandon) return { type: "abandon", request: readNumber(message.abandon.request, "a request") };
  return message.bye ? { type: "bye" } : undefined;
}

function writeCancel({ which }: Cancel): taskvine.gateway.Cancel.$Properties {
  if (which === "all") return { all: true };
  return "tasks" in which ? { tasks: [...which.tasks] } : which;
}

function readCancel(message: taskvine.gateway.Cancel): Cancel {
  if (message.all) return { type: "cancel", which: "all" };
  if (message.tag !== "") return { type: "cancel", which: { tag: readName(message.tag, "a tag") } };
  if (message.category !== "")
    return { type: "cancel", which: { category: readName(message.category, "a category") } };
  return { type: "cancel", which: { tasks: message.tasks } };
}

function readFetch({ request, file, path, task }: taskvine.gateway.Fetch): FetchContent {
  return {
    type: "fetch",
    request: readNumber(request, "a request"),
    file,
    task,
    path: readName(path, "a path"),
  };
}

function readQuery({ request, what, task, file }: taskvine.gateway.Query): Query {
  return {
    type: "query",
    request: readNumber(request, "a request"),
    what: readName(what, "a query"),
    task,
    file,
  };
}

function readExecute(message: taskvine.gateway.Execute): Execute {
  const attachments = readList(message.attachments, LIMITS.mountsPerTask, "attachments");
  return {
    type: "execute",
    request: readNumber(message.request, "a request"),
    executor: readName(message.executor, "an executor's name"),
    requestJson: readText(message.requestJson, LIMITS.messageBytes, "a request"),
    attachments: attachments.map((bytes) => readBytes(bytes, LIMITS.messageBytes, "an attachment")),
    files: message.files,
  };
}
