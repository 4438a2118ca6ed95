import { parseBytes, parseDuration, type Resources, VineError } from "@taskvine/core/model";
import type { LostPolicy, ManagerPlace, WorkerOptions } from "@taskvine/worker";
import { LOG_LEVELS, type LogLevel } from "../output/log.js";

/** As commander hands them over: text, or true. */
export interface WorkerFlags {
  readonly connectionFile?: string;
  readonly cores?: string;
  readonly memory?: string;
  readonly disk?: string;
  readonly gpus?: string;
  readonly name?: string;
  readonly workdir?: string;
  readonly keepWorkdir?: true;
  readonly idleTimeout?: string;
  readonly connectTimeout?: string;
  readonly wallTime?: string;
  readonly feature?: readonly string[];
  readonly singleShot?: true;
  readonly transferPort?: string;
  readonly dataHost?: string;
  readonly parentDeath?: true;
  readonly insecure?: true;
  readonly json?: true;
  readonly logLevel: string;
  readonly localLinks: boolean;
  readonly onManagerLost: string;
}

const POLICIES: readonly string[] = ["finish", "keep", "drop"] satisfies LostPolicy[];
const HIGHEST_PORT = 65_535;

/** What the command line asks for. Throws BAD_ARGUMENT with the name of the option. */
export function readWorkerFlags(
  address: string | undefined,
  flags: WorkerFlags,
  env: NodeJS.ProcessEnv,
): WorkerOptions {
  return {
    manager: managerPlace(address, flags, env),
    resources: readResources(flags),
    features: flags.feature ?? [],
    ...defined("name", flags.name),
    ...defined("workdir", flags.workdir),
    keepWorkdir: flags.keepWorkdir ?? false,
    ...defined("idleTimeoutMs", duration(flags.idleTimeout, "--idle-timeout")),
    ...defined("connectTimeoutMs", duration(flags.connectTimeout, "--connect-timeout")),
    ...defined("wallTimeMs", duration(flags.wallTime, "--wall-time")),
    singleShot: flags.singleShot ?? false,
    ...defined(
      "transferPort",
      flags.transferPort === undefined ? undefined : ports(flags.transferPort, "--transfer-port"),
    ),
    ...defined("dataHost", flags.dataHost),
    ...(flags.insecure === true ? { insecure: true } : {}),
    localLinks: flags.localLinks,
    onManagerLost: oneOf(flags.onManagerLost, POLICIES, "--on-manager-lost") as LostPolicy,
  };
}

export function readLogLevel(flags: Pick<WorkerFlags, "logLevel">): LogLevel {
  return oneOf(flags.logLevel, LOG_LEVELS, "--log-level") as LogLevel;
}

/** An address alone says nothing of keys: without a connection file it takes --insecure. */
function managerPlace(address: string | undefined, flags: WorkerFlags, env: NodeJS.ProcessEnv): ManagerPlace {
  const path = flags.connectionFile ?? nonEmpty(env["VINE_CONNECTION_FILE"]);
  const told = address === undefined ? {} : { address: checkAddress(address) };
  const usesFile =
    path !== undefined &&
    (flags.connectionFile !== undefined || flags.insecure !== true || address === undefined);
  if (usesFile) return { type: "file", path, ...told };
  if (address === undefined) {
    throw bad("where is the manager? Give --connection-file, or HOST:PORT with --insecure");
  }
  if (flags.insecure !== true) {
    throw bad(
      `the keys for ${address} are missing: give --connection-file, or --insecure if the manager runs without keys`,
    );
  }
  return { type: "insecure", address: checkAddress(address) };
}

function checkAddress(address: string): string {
  const match = /^(?:tcp:\/\/)?(?:\[[0-9a-fA-F:]+\]|[^\s:/[\]]+):(\d{1,5})$/.exec(address);
  const port = Number(match?.[1]);
  if (match !== null && port > 0 && port <= HIGHEST_PORT) return address;
  throw bad(`the manager's address must be HOST:PORT, not ${JSON.stringify(address)}`);
}

function readResources(flags: WorkerFlags): Partial<Resources> {
  return {
    ...defined(
      "cores",
      amount(flags.cores, "--cores", 'a number of cores above 0, such as "4"', (cores) => cores > 0),
    ),
    ...defined("memory", someBytes(flags.memory, "--memory")),
    ...defined("disk", someBytes(flags.disk, "--disk")),
    ...defined("gpus", amount(flags.gpus, "--gpus", 'a whole number, such as "1"', Number.isInteger)),
  };
}

/** With less than this nothing can be done: a number without its unit, most likely. */
const LEAST_BYTES = 1_000_000;

function someBytes(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  const bytes = parseBytes(text, name);
  if (bytes >= LEAST_BYTES) return bytes;
  throw bad(`${name} must be an amount of bytes of 1 MB or more, such as "4GB", not ${JSON.stringify(text)}`);
}

function amount(
  text: string | undefined,
  name: string,
  wanted: string,
  isGood: (value: number) => boolean,
): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isFinite(value) && isGood(value) && value <= 65_536) return value;
  throw bad(`${name} must be ${wanted}, not ${JSON.stringify(text)}`);
}

function duration(text: string | undefined, name: string): number | undefined {
  return text === undefined ? undefined : parseDuration(text, name);
}

export function ports(text: string, name: string): number | readonly [number, number] {
  const match = /^(\d{1,5})(?:[-:](\d{1,5}))?$/.exec(text);
  const first = Number(match?.[1]);
  const last = match?.[2] === undefined ? first : Number(match[2]);
  if (match === null || last > HIGHEST_PORT || first > last) {
    throw bad(
      `${name} must be a port or a range, such as "9200" or "9200-9300", not ${JSON.stringify(text)}`,
    );
  }
  return match[2] === undefined ? first : [first, last];
}

function oneOf(text: string, allowed: readonly string[], name: string): string {
  if (allowed.includes(text)) return text;
  throw bad(`${name} must be one of ${allowed.join(", ")}, not ${JSON.stringify(text)}`);
}

function defined<Name extends string, T>(name: Name, value: T | undefined): { readonly [N in Name]?: T } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [N in Name]: T });
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}

function bad(sentence: string): VineError {
  return new VineError("BAD_ARGUMENT", sentence, { hint: "The command with --help shows all its options." });
}
