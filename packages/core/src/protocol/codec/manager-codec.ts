import type { Buffer } from "node:buffer";
import { taskvine } from "#wire";
import { transferId } from "../../model/ids.js";
import { LIMITS } from "../../model/limits.js";
import { never } from "../../model/never.js";
import { readBatch, writeBatch } from "../batch.js";
import {
  badFrame,
  digestBytes,
  present,
  readBytes,
  readCacheName,
  readCount,
  readDigest,
  readFingerprint,
  readId,
  readLabel,
  readOptionalCount,
  readSandboxName,
  readText,
  whole,
} from "../checks.js";
import type {
  Assign,
  DataSource,
  Fetch,
  FetchSource,
  Make,
  MakeRecipe,
  ManagerBatch,
  ManagerMessage,
  Setup,
} from "../manager-message.js";
import { readCall, readDeploy, writeCall, writeDeploy } from "./call-codec.js";
import { readInputs, readOutputs, writeInputs, writeOutput } from "./mounts.js";
import { readAttempt, readCommand, readEnv, readResources, writeEnv, writeResources } from "./parts.js";
import { archiveFormats, fileKinds, lifetimes } from "./words.js";

const wire = taskvine.worker;
type WireMessage = taskvine.worker.ManagerMessage;
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** `clockMs`: the manager's monotonic clock now. */
export function encodeManagerBatch(messages: readonly ManagerMessage[], clockMs: number): Buffer {
  return writeBatch(
    messages,
    (message, writer) => wire.ManagerMessage.encode(toWire(message), writer),
    clockMs,
  );
}

/** Throws BAD_FRAME. Messages that this version does not know are skipped. */
export function decodeManagerBatch(bytes: Uint8Array): ManagerBatch {
  const messages: ManagerMessage[] = [];
  const clockMs = readBatch(bytes, (reader, length) => {
    const message = fromWire(wire.ManagerMessage.decode(reader, length), length);
    if (message !== undefined) messages.push(message);
  });
  return { messages, clockMs };
}

function toWire(message: ManagerMessage): taskvine.worker.ManagerMessage.$Properties {
  switch (message.type) {
    case "setup":
      return { setup: writeSetup(message) };
    case "assign":
      return { assign: writeAssign(message) };
    case "deploy":
      return { deploy: writeDeploy(message) };
    case "call":
      return { call: writeCall(message) };
    case "retract":
      return { retract: message };
    case "kill":
      return { kill: message };
    case "fetch":
      return { fetch: writeFetch(message) };
    case "make":
      return { make: writeMake(message) };
    case "drop":
      return { drop: message };
    case "release":
      return { release: { reason: message.reason } };
    default:
      return never(message);
  }
}

/** Nothing for a message of a newer version. */
function fromWire(message: WireMessage, length: number): ManagerMessage | undefined {
  if (message.call) return readCall(message.call);
  if (message.assign) return readAssign(message.assign);
  if (message.fetch) return readFetch(message.fetch);
  if (message.drop) return { type: "drop", cacheName: readCacheName(message.drop.cacheName) };
  if (message.retract) return { type: "retract", ...readAttempt(message.retract) };
  if (message.kill) return { type: "kill", ...readAttempt(message.kill) };
  if (message.make) return readMake(message.make);
  if (message.deploy) return readDeploy(message.deploy);
  if (message.setup) return readSetup(message.setup);
  if (message.release)
    return { type: "release", reason: readText(message.release.reason, LIMITS.inlineBytes, "a reason") };
  if (length === 0) throw badFrame("an empty message");
  return undefined;
}

function writeSetup(message: Setup): taskvine.worker.Setup.$Properties {
  return {
    ticketKey: message.ticketKey,
    workerName: message.workerName,
    lifeline: message.lifeline ?? null,
  };
}

function readSetup(message: taskvine.worker.Setup): Setup {
  const setup: Mutable<Setup> = {
    type: "setup",
    ticketKey: readBytes(message.ticketKey, LIMITS.nameBytes, "a ticket key"),
    workerName: readLabel(message.workerName, "a worker's name"),
  };
  if (message.lifeline) setup.lifeline = readDataSource(message.lifeline);
  return setup;
}

function writeAssign(message: Assign): taskvine.worker.Assign.$Properties {
  return {
    task: message.task,
    attempt: message.attempt,
    command: message.command,
    inputs: writeInputs(message.inputs),
    outputs: message.outputs.map(writeOutput),
    env: writeEnv(message.env),
    allocation: writeResources(message.allocation),
    wallTimeMs: whole(message.wallTimeMs),
    endWithinMs: whole(message.endWithinMs),
    copyInputs: message.copyInputs === true,
  };
}

function readAssign(message: taskvine.worker.Assign): Assign {
  const assign: Mutable<Assign> = {
    type: "assign",
    ...readAttempt(message),
    command: readCommand(message.command),
    inputs: readInputs(message.inputs),
    outputs: readOutputs(message.outputs),
    env: readEnv(message.env),
    allocation: readResources(message.allocation),
  };
  const wallTimeMs = readOptionalCount(message.wallTimeMs, "a wall-time limit");
  if (wallTimeMs !== undefined) assign.wallTimeMs = wallTimeMs;
  const endWithinMs = readOptionalCount(message.endWithinMs, "an end time");
  if (endWithinMs !== undefined) assign.endWithinMs = endWithinMs;
  if (message.copyInputs) assign.copyInputs = true;
  return assign;
}

function writeFetch(message: Fetch): taskvine.worker.Fetch.$Properties {
  return {
    transfer: message.transfer,
    cacheName: message.cacheName,
    lifetime: lifetimes.toWire(message.lifetime),
    kind: fileKinds.toWire(message.kind),
    size: message.size === undefined ? null : whole(message.size),
    digest: digestBytes(message.digest),
    executable: message.executable,
    ...writeSource(message.source),
  };
}

function writeSource(
  source: FetchSource,
): Partial<Pick<taskvine.worker.Fetch.$Properties, "peer" | "url" | "inline">> {
  switch (source.type) {
    case "peer":
      return { peer: source };
    case "url":
      return { url: source };
    case "inline":
      return { inline: source.bytes };
    default:
      return never(source);
  }
}

function readFetch(message: taskvine.worker.Fetch): Fetch {
  const fetch: Mutable<Fetch> = {
    type: "fetch",
    transfer: readId(message.transfer, transferId, "a transfer"),
    cacheName: readCacheName(message.cacheName),
    lifetime: lifetimes.fromWire(message.lifetime),
    kind: fileKinds.fromWire(message.kind),
    executable: message.executable,
    source: readSource(message),
  };
  if (message.size !== null) fetch.size = readCount(message.size, "a size");
  const digest = readDigest(message.digest, "a digest");
  if (digest !== undefined) fetch.digest = digest;
  return fetch;
}

function readSource(message: taskvine.worker.Fetch): FetchSource {
  if (message.peer) return { type: "peer", ...readDataSource(message.peer) };
  if (message.inline)
    return { type: "inline", bytes: readBytes(message.inline, LIMITS.messageBytes, "a buffer") };
  const { url, etag, lastModified } = present(message.url, "a source");
  return {
    type: "url",
    url: readText(url, LIMITS.commandBytes, "a URL"),
    etag: readLabel(etag, "an ETag"),
    lastModified: readLabel(lastModified, "a date"),
  };
}

function readDataSource(source: taskvine.worker.DataSource): DataSource {
  return {
    url: readLabel(source.url, "a URL"),
    ticket: readBytes(source.ticket, LIMITS.nameBytes, "a ticket"),
    fingerprint: readFingerprint(source.fingerprint, "a fingerprint"),
    localPath: readLabel(source.localPath, "a path"),
  };
}

function writeMake(message: Make): taskvine.worker.Make.$Properties {
  return {
    transfer: message.transfer,
    cacheName: message.cacheName,
    lifetime: lifetimes.toWire(message.lifetime),
    ...writeRecipe(message.recipe),
  };
}

function writeRecipe(
  recipe: MakeRecipe,
): Partial<Pick<taskvine.worker.Make.$Properties, "unpack" | "miniTask">> {
  switch (recipe.type) {
    case "unpack":
      return { unpack: { archive: recipe.archive, format: archiveFormats.toWire(recipe.format) } };
    case "mini-task":
      return {
        miniTask: {
          command: recipe.command,
          inputs: writeInputs(recipe.inputs),
          env: writeEnv(recipe.env),
          output: recipe.output,
        },
      };
    default:
      return never(recipe);
  }
}

function readMake(message: taskvine.worker.Make): Make {
  return {
    type: "make",
    transfer: readId(message.transfer, transferId, "a transfer"),
    cacheName: readCacheName(message.cacheName),
    lifetime: lifetimes.fromWire(message.lifetime),
    recipe: readRecipe(message),
  };
}

function readRecipe(message: taskvine.worker.Make): MakeRecipe {
  if (message.unpack) {
    const { archive, format } = message.unpack;
    return { type: "unpack", archive: readCacheName(archive), format: archiveFormats.fromWire(format) };
  }
  const { command, inputs, env, output } = present(message.miniTask, "a recipe");
  return {
    type: "mini-task",
    command: readCommand(command),
    inputs: readInputs(inputs),
    env: readEnv(env),
    output: readSandboxName(output),
  };
}
