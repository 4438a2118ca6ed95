import type { taskvine } from "#wire";
import { LIMITS } from "../../model/limits.js";
import { never } from "../../model/never.js";
import { present, readBytes, readOptionalCount, readText, whole } from "../../protocol/checks.js";
import { readCommand } from "../../protocol/codec/parts.js";
import type { Declare, DeclaredOrigin, DeclareLibrary } from "../client-message.js";
import {
  readEnv,
  readInputs,
  readName,
  readNames,
  readNumber,
  readRequest,
  writeEnv,
  writeInput,
  writeRequest,
} from "./parts.js";
import { lifetimes, NO_LIFETIME } from "./words.js";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type WireDeclare = taskvine.gateway.Declare;
type DeclareFields = taskvine.gateway.Declare.$Properties;

export function writeDeclare(declare: Declare): DeclareFields {
  return {
    file: declare.file,
    ...writeOrigin(declare.origin),
    ...(declare.lifetime === undefined ? {} : { lifetime: lifetimes.toWire(declare.lifetime) }),
    peerTransfer: declare.peerTransfer,
    unlinkWhenDone: declare.unlinkWhenDone,
    executable: declare.executable,
    label: declare.label,
  };
}

function writeOrigin(origin: DeclaredOrigin): DeclareFields {
  switch (origin.type) {
    case "path":
      return { path: origin.path };
    case "buffer":
      return { buffer: origin.bytes };
    case "url":
      return { url: origin.url };
    case "temp":
      return { temp: true };
    case "mini-task": {
      const { command, inputs, env, output } = origin;
      return { miniTask: { command, inputs: inputs.map(writeInput), env: writeEnv(env), output } };
    }
    case "unpack":
      return { unpack: { archive: origin.archive, format: origin.format } };
    default:
      return never(origin);
  }
}

export function readDeclare(wire: WireDeclare): Declare {
  const declare: Mutable<Declare> = {
    type: "declare",
    file: readNumber(wire.file, "a file"),
    origin: readOrigin(wire),
    peerTransfer: wire.peerTransfer ?? true,
    unlinkWhenDone: wire.unlinkWhenDone,
    executable: wire.executable,
    label: readName(wire.label, "a label"),
  };
  if (wire.lifetime !== NO_LIFETIME) declare.lifetime = lifetimes.fromWire(wire.lifetime);
  return declare;
}

function readOrigin(wire: WireDeclare): DeclaredOrigin {
  if (wire.path !== null) return { type: "path", path: readName(wire.path, "a path") };
  if (wire.buffer !== null)
    return { type: "buffer", bytes: readBytes(wire.buffer, LIMITS.messageBytes, "a buffer") };
  if (wire.url !== null) return { type: "url", url: readText(wire.url, 2 * LIMITS.commandBytes, "a URL") };
  if (wire.temp === true) return { type: "temp" };
  if (wire.miniTask !== null) return readMiniTask(wire.miniTask);
  const { archive, format } = present(wire.unpack, "an origin");
  return { type: "unpack", archive: readNumber(archive, "an archive"), format: readName(format, "a format") };
}

function readMiniTask(wire: taskvine.gateway.MiniTask): DeclaredOrigin {
  return {
    type: "mini-task",
    command: readCommand(wire.command),
    inputs: readInputs(wire.inputs),
    env: readEnv(wire.env),
    output: readName(wire.output, "an output"),
  };
}

export function writeLibrary(library: DeclareLibrary): taskvine.gateway.Library.$Properties {
  return {
    library: library.library,
    name: library.name,
    command: library.command,
    inputs: library.inputs.map(writeInput),
    env: writeEnv(library.env),
    resources: writeRequest(library.resources),
    features: [...library.features],
    slots: library.slots,
    functions: [...library.functions],
    maxInstances: library.maxInstances ?? 0,
    startTries: library.startTries ?? 0,
    startWithinMs: whole(library.startWithinMs),
  };
}

export function readLibrary(wire: taskvine.gateway.Library): DeclareLibrary {
  const library: Mutable<DeclareLibrary> = {
    type: "library",
    library: readNumber(wire.library, "a library"),
    name: readName(wire.name, "a library's name"),
    command: readCommand(wire.command),
    inputs: readInputs(wire.inputs),
    env: readEnv(wire.env),
    resources: readRequest(wire.resources),
    features: readNames(wire.features, LIMITS.mountsPerTask, "features"),
    slots: wire.slots,
    functions: readNames(wire.functions, LIMITS.libraryFunctions, "functions"),
  };
  if (wire.maxInstances > 0) library.maxInstances = wire.maxInstances;
  if (wire.startTries > 0) library.startTries = wire.startTries;
  const startWithinMs = readOptionalCount(wire.startWithinMs, "a time to start");
  if (startWithinMs !== undefined) library.startWithinMs = startWithinMs;
  return library;
}
