import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { VineError } from "../model/errors.js";
import { LIMITS } from "../model/limits.js";

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
  readonly cacheDirectory: string;
  readonly handleSignals: boolean;
}

const NAMES = new Set<string>([
  "name",
  "port",
  "dataPort",
  "host",
  "advertise",
  "insecure",
  "runDirectory",
  "connectionFile",
  "policy",
  "tempReplicas",
  "transfersPerSource",
  "cacheDirectory",
  "handleSignals",
] satisfies (keyof ManagerOptions)[]);

const MOST_REPLICAS = 100;
const MOST_TRANSFERS = 1_000;

/** Fills in the defaults. Throws BAD_ARGUMENT naming the option that is wrong, misspelt ones too. */
export function resolveOptions(options: ManagerOptions, surroundings: NodeJS.ProcessEnv = process.env): ResolvedOptions {
  for (const name of Object.keys(options)) {
    if (!NAMES.has(name)) throw new VineError("BAD_ARGUMENT", `there is no option ${name} of Manager.start`);
  }
  return {
    name: checkText("name", options.name ?? `vine-${process.pid}`),
    port: checkPort("port", options.port ?? 0),
    dataPort: checkPort("dataPort", options.dataPort ?? 0),
    host: checkText("host", options.host ?? "127.0.0.1"),
    advertise: options.advertise === undefined ? undefined : checkText("advertise", options.advertise),
    insecure: options.insecure ?? false,
    runDirectory: resolve(checkText("runDirectory", options.runDirectory ?? "vine-run-info")),
    connectionFile:
      options.connectionFile === undefined ? undefined : resolve(checkText("connectionFile", options.connectionFile)),
    policy: checkText("policy", options.policy ?? "most-cached"),
    tempReplicas: checkCount("tempReplicas", options.tempReplicas ?? 1, MOST_REPLICAS),
    transfersPerSource: checkCount("transfersPerSource", options.transfersPerSource ?? LIMITS.transfersPerSource, MOST_TRANSFERS),
    cacheDirectory: resolve(options.cacheDirectory ?? defaultCacheDirectory(surroundings)),
    handleSignals: options.handleSignals ?? true,
  };
}

function defaultCacheDirectory(surroundings: NodeJS.ProcessEnv): string {
  const base = surroundings["XDG_CACHE_HOME"];
  return join(base !== undefined && base !== "" ? base : join(homedir(), ".cache"), "taskvine");
}

function checkText(option: string, value: string): string {
  if (typeof value === "string" && value !== "" && !value.includes("\0")) return value;
  throw new VineError("BAD_ARGUMENT", `the option ${option} must be a text that is not empty, not ${JSON.stringify(value)}`);
}

function checkCount(option: string, value: number, most: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new VineError("BAD_ARGUMENT", `the option ${option} must be a whole number from 1 to ${most}, not ${value}`);
}

function checkPort(option: string, value: number | readonly [number, number]): number | readonly [number, number] {
  const [low, high] = typeof value === "number" ? [value, value] : value;
  const fits = Number.isInteger(low) && Number.isInteger(high) && low >= 0 && low <= high && high <= 65_535;
  if (fits && (typeof value === "number" || low > 0)) return value;
  throw new VineError("BAD_ARGUMENT", `the option ${option} must be a port, 0, or a pair [low, high], not ${JSON.stringify(value)}`);
}
