import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { open, readFile, rename, rm, stat } from "node:fs/promises";
import { connect } from "node:net";
import { VineError } from "../model/errors.js";
import type { ConnectionFile, RoleKeys } from "./link.js";
import { checkAddress } from "./zmq/addresses.js";

const FORMAT = 1;
const PRIVATE_MODE = 0o600;
const OPEN_TO_OTHERS = 0o077;
/** How long a manager may take to answer before it counts as gone. */
const ANSWER_MS = 500;
const MOST_BYTES = 64 * 1024;

const CURVE_KEY = /^[0-9a-zA-Z.\-:+=^!/*?&<>()[\]{}@%$#]{40}$/;
const SECRET = /^[0-9a-f]{64}$/;

/** Written beside and renamed: a reader sees the old file or the new one, and nobody else sees either. */
export async function writeConnectionFile(path: string, file: ConnectionFile): Promise<void> {
  const beside = `${path}.${randomBytes(6).toString("hex")}`;
  try {
    const handle = await open(beside, "wx", PRIVATE_MODE);
    try {
      await handle.writeFile(textOf(file));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, path);
  } catch (cause) {
    await rm(beside, { force: true });
    throw new VineError("CONNECTION_FILE", `cannot write ${path}: ${reasonOf(cause)}`, {
      hint: "Name a place where you may write.",
      cause,
    });
  }
}

/** Throws CONNECTION_FILE when it is missing, damaged, or readable by others. */
export async function readConnectionFile(path: string): Promise<ConnectionFile> {
  const text = await readPrivately(path);
  try {
    return checkConnectionFile(JSON.parse(text));
  } catch (cause) {
    throw new VineError("CONNECTION_FILE", `${path} is damaged: ${reasonOf(cause)}`, { cause });
  }
}

/** Removes what was written, unless another manager has written its own there since. */
export async function removeConnectionFile(path: string, file: ConnectionFile): Promise<void> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === textOf(file)) await rm(path, { force: true });
}

/** The manager that a connection file leads to, where there is such a file and the manager still answers. */
export async function livingManager(path: string): Promise<string | undefined> {
  const file = await readConnectionFile(path).catch(() => undefined);
  const address = file?.addresses[0];
  return address !== undefined && (await answers(new URL(address))) ? file?.managerName : undefined;
}

async function answers({ hostname, port }: URL): Promise<boolean> {
  const socket = connect({ host: hostname.replace(/^\[|\]$/g, ""), port: Number(port) });
  try {
    await once(socket, "connect", { signal: AbortSignal.timeout(ANSWER_MS) });
    return true;
  } catch {
    return false;
  } finally {
    socket.on("error", () => undefined).destroy();
  }
}

function textOf(file: ConnectionFile): string {
  return `${JSON.stringify(file, null, 2)}\n`;
}

async function readPrivately(path: string): Promise<string> {
  try {
    const { mode, size } = await stat(path);
    if (size > MOST_BYTES)
      throw new VineError("CONNECTION_FILE", `${path} is too large to be a connection file`);
    const text = await readFile(path, "utf8");
    if ((mode & OPEN_TO_OTHERS) !== 0 && text.trimStart().startsWith("{")) throw openToOthers(path);
    return text;
  } catch (cause) {
    if (cause instanceof VineError) throw cause;
    throw new VineError("CONNECTION_FILE", `cannot read ${path}: ${reasonOf(cause)}`, { cause });
  }
}

function openToOthers(path: string): VineError {
  return new VineError("CONNECTION_FILE", `${path} holds secrets and is open to others`, {
    hint: `Run: chmod 600 ${path}`,
  });
}

function checkConnectionFile(value: unknown): ConnectionFile {
  const file = fieldsOf(value, "the file");
  if (file["format"] !== FORMAT)
    throw new Error(`format is ${JSON.stringify(file["format"])}, not ${FORMAT}`);
  const insecure = file["insecure"];
  if (typeof insecure !== "boolean") throw new Error("insecure is neither true nor false");
  return {
    format: FORMAT,
    managerName: checkText(file["managerName"], "managerName"),
    addresses: checkAddresses(file["addresses"]),
    insecure,
    serverKey: checkKey(file["serverKey"], insecure, "serverKey"),
    worker: checkRole(file["worker"], insecure, "worker"),
    client: checkRole(file["client"], insecure, "client"),
  };
}

function checkRole(value: unknown, insecure: boolean, role: string): RoleKeys {
  const keys = fieldsOf(value, role);
  return {
    publicKey: checkKey(keys["publicKey"], insecure, `${role}.publicKey`),
    secretKey: checkKey(keys["secretKey"], insecure, `${role}.secretKey`),
    secret: checkSecret(keys["secret"], insecure, `${role}.secret`),
  };
}

function checkAddresses(value: unknown): readonly string[] {
  if (!Array.isArray(value) || value.length === 0) throw new Error("it names no address");
  return value.map((address) => checkAddress(checkText(address, "an address")));
}

function checkKey(value: unknown, insecure: boolean, what: string): string {
  const key = checkText(value, what);
  if (insecure ? key === "" : CURVE_KEY.test(key)) return key;
  throw new Error(insecure ? `it says insecure, but has a ${what}` : `${what} is no key`);
}

function checkSecret(value: unknown, insecure: boolean, what: string): string {
  const secret = checkText(value, what);
  if (insecure ? secret === "" : SECRET.test(secret)) return secret;
  throw new Error(insecure ? `it says insecure, but has a ${what}` : `${what} is no secret`);
}

function checkText(value: unknown, what: string): string {
  if (typeof value === "string") return value;
  throw new Error(`${what} is missing`);
}

function fieldsOf(value: unknown, what: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  throw new Error(`${what} is missing`);
}

function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
