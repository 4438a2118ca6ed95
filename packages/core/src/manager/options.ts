import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { VineError } from "../model/errors.js";
import { LIMITS } from "../model/limits.js";
import { parseDuration } from "../model/units.js";
import type { Duration } from "./api/draft.js";

/** How a manager is set up. Everything may be left out. */
export interface ManagerOptions {
  /** For people, in logs and in the connection file. Default `vine-<pid>`. */
  readonly name?: string;
  /** Port of the control link: 0 (the default) is any free one, a pair the first free one of that range. */
  readonly port?: number | readonly [number, number];
  /** Port of the data server, likewise. */
  readonly dataPort?: number | readonly [number, number];
  /** Interface to listen on. Default 127.0.0.1: a cluster must be opened on purpose, e.g. with 0.0.0.0. */
  readonly host?: string;
  /** Name or address under which workers reach this machine. Default: `host`, or the machine's first address for 0.0.0.0. */
  readonly advertise?: string;
  /** No encryption and no keys: only for networks where everyone is trusted. Default false. */
  readonly insecure?: boolean;
  /** Where the folders of runs are made. Default `vine-run-info` in the working directory. */
  readonly runDirectory?: string;
  /** A second place for the connection file, for workers to find. */
  readonly connectionFile?: string;
  /** Name of the placement policy. Default `most-cached`. */
  readonly policy?: string;
  /** Copies kept of each temp, so that losing a worker loses nothing. Default 1. */
  readonly tempReplicas?: number;
  /** Copies that one source gives at a time. Default 3. */
  readonly transfersPerSource?: number;
  /**
   * How long tasks wait that no worker which has joined could ever run, such as "10m"; then they fail as `unschedulable`.
   * Default: for ever, as a larger worker may join; `explain` and the log say so meanwhile.
   */
  readonly unschedulableAfter?: Duration;
  /** Bytes of small values of calls that are kept in memory; what is more lies in a file of the run directory. Default 1 GiB. */
  readonly heldValueBytes?: number;
  /** Where digests of local files are remembered between runs. Default `$XDG_CACHE_HOME/taskvine`. */
  readonly cacheDirectory?: string;
  /** Close in good order on SIGINT and SIGTERM, and end the process. Default true. */
  readonly handleSignals?: boolean;
}

/** The same with every blank filled in. */
export interface ResolvedOptions {
  readonly name: string;
  readonly port: number | readonly [number, number];
  readonly dataPort: number | readonly [number, number];
  readonly host: string;
  readonly advertise: string | undefined;
  readonly insecure: boolean;
  readonly runDirectory: string;
  readonly connectionFile: string | undefined;
  readonly policy: string;
  readonly tempReplicas: number;
  readonly transfersPerSource: number;
  /** Milliseconds. */
  readonly unschedulableAfter: Duration | undefined;
  readonly heldValueBytes: number;
  readonly cacheDirectory: string;
  readonly handleSignals: boolean;
}

const MOST_REPLICAS = 100;
const MOST_TRANSFERS = 1_000;

/** Each option's check: returns its value, or throws BAD_ARGUMENT. Also the list of options that there are. */
const CHECKS = {
  name: checkText,
  port: checkPort,
  dataPort: checkPort,
  host: checkText,
  advertise: checkTextIfGiven,
  insecure: checkSwitch,
  runDirectory: checkPath,
  connectionFile: (option: string, value: string | undefined) =>
    value === undefined ? value : checkPath(option, value),
  policy: checkText,
  tempReplicas: (option: string, value: number) => checkCount(option, value, MOST_REPLICAS),
  transfersPerSource: (option: string, value: number) => checkCount(option, value, MOST_TRANSFERS),
  unschedulableAfter: (option: string, value: Duration | undefined) =>
    value === undefined ? value : parseDuration(value, `the option ${option}`),
  heldValueBytes: (option: string, value: number) => checkCount(option, value, Number.MAX_SAFE_INTEGER),
  cacheDirectory: checkPath,
  handleSignals: checkSwitch,
} satisfies {
  readonly [Name in keyof ResolvedOptions]: (
    option: string,
    value: ResolvedOptions[Name],
  ) => ResolvedOptions[Name];
};

/** Fills in the defaults. Throws BAD_ARGUMENT naming the option that is wrong, misspelt ones too. */
export function resolveOptions(
  options: ManagerOptions,
  surroundings: NodeJS.ProcessEnv = process.env,
): ResolvedOptions {
  const filled: ResolvedOptions = { ...defaults(surroundings), ...options };
  const checked = Object.entries(filled).map(([name, value]) => {
    if (!Object.hasOwn(CHECKS, name))
      throw new VineError("BAD_ARGUMENT", `there is no option ${name} of Manager.start`);
    const check = CHECKS[name as keyof ResolvedOptions] as (option: string, value: unknown) => unknown;
    return [name, check(name, value)];
  });
  return Object.fromEntries(checked) as ResolvedOptions;
}

function defaults(surroundings: NodeJS.ProcessEnv): ResolvedOptions {
  return {
    name: `vine-${process.pid}`,
    port: 0,
    dataPort: 0,
    host: "127.0.0.1",
    advertise: undefined,
    insecure: false,
    runDirectory: "vine-run-info",
    connectionFile: undefined,
    policy: "most-cached",
    tempReplicas: 1,
    transfersPerSource: LIMITS.transfersPerSource,
    unschedulableAfter: undefined,
    heldValueBytes: LIMITS.heldValueBytes,
    cacheDirectory: defaultCacheDirectory(surroundings),
    handleSignals: true,
  };
}

function defaultCacheDirectory(surroundings: NodeJS.ProcessEnv): string {
  const base = surroundings["XDG_CACHE_HOME"];
  return join(base !== undefined && base !== "" ? base : join(homedir(), ".cache"), "taskvine");
}

function checkText(option: string, value: string): string {
  if (typeof value === "string" && value !== "" && !value.includes("\0")) return value;
  throw new VineError(
    "BAD_ARGUMENT",
    `the option ${option} must be a text that is not empty, not ${JSON.stringify(value)}`,
  );
}

function checkTextIfGiven(option: string, value: string | undefined): string | undefined {
  return value === undefined ? value : checkText(option, value);
}

function checkPath(option: string, value: string): string {
  return resolve(checkText(option, value));
}

function checkSwitch(option: string, value: boolean): boolean {
  if (typeof value === "boolean") return value;
  throw new VineError(
    "BAD_ARGUMENT",
    `the option ${option} must be true or false, not ${JSON.stringify(value)}`,
  );
}

function checkCount(option: string, value: number, most: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new VineError(
    "BAD_ARGUMENT",
    `the option ${option} must be a whole number from 1 to ${most}, not ${value}`,
  );
}

function checkPort(
  option: string,
  value: number | readonly [number, number],
): number | readonly [number, number] {
  const [low, high] = typeof value === "number" ? [value, value] : value;
  const fits = Number.isInteger(low) && Number.isInteger(high) && low >= 0 && low <= high && high <= 65_535;
  if (fits && (typeof value === "number" || low > 0)) return value;
  throw new VineError(
    "BAD_ARGUMENT",
    `the option ${option} must be a port, 0, or a pair [low, high], not ${JSON.stringify(value)}`,
  );
}
