import { isIP } from "node:net";
import { hostname } from "node:os";
import { resolve } from "node:path";
import { LIMITS, printDuration, type Resources, VineError } from "@taskvine/core/model";
import type { ConnectionFile } from "@taskvine/core/transport";
import type { LostPolicy } from "../machine/event.js";

/** Where the manager is: its connection file (read anew for each try), the same in memory, or an address alone when insecure. */
export type ManagerPlace =
  | { readonly type: "file"; readonly path: string; readonly address?: string }
  | { readonly type: "keys"; readonly connection: ConnectionFile; readonly address?: string }
  | { readonly type: "insecure"; readonly address: string };

/** How a worker is set up. Times in milliseconds, amounts in bytes. */
export interface WorkerOptions {
  readonly manager: ManagerPlace;
  /** What it offers. What is left out is detected. */
  readonly resources?: Partial<Resources>;
  /** Labels that tasks may ask for. */
  readonly features?: readonly string[];
  /** For people. Default: host name and process id. */
  readonly name?: string;
  /** Default: a new directory for temporary files, removed at the end. */
  readonly workdir?: string;
  /** Leave everything in the directory as it is at the end. */
  readonly keepWorkdir?: boolean;
  /** Ends when there was nothing to do for so long. Default: never. */
  readonly idleTimeoutMs?: number;
  /** Gives up when no manager was found for so long. Default 15 minutes. */
  readonly connectTimeoutMs?: number;
  /** Ends after so long, in good order. Default: never. */
  readonly wallTimeMs?: number;
  /** Ends with its manager instead of looking for another. */
  readonly singleShot?: boolean;
  /** Port of the data server: 0 (the default) is any free one, a pair the first free one of that range. */
  readonly transferPort?: number | readonly [number, number];
  /** Address that is told to other workers. Default: all of this machine. */
  readonly dataHost?: string;
  /** No encryption of what the data server gives. Default false. */
  readonly insecure?: boolean;
  /** Let other workers of this user on this host link our files, and link theirs. Default true. */
  readonly localLinks?: boolean;
  /** What becomes of tasks that run when the manager is lost. Default `finish`. */
  readonly onManagerLost?: LostPolicy;
}

/** The same with every blank filled in. */
export interface ResolvedOptions {
  readonly manager: ManagerPlace;
  readonly resources: Partial<Resources>;
  readonly features: readonly string[];
  readonly name: string;
  readonly host: string;
  /** Absent: a temporary one. */
  readonly workdir: string | undefined;
  readonly keepWorkdir: boolean;
  readonly idleTimeoutMs: number | undefined;
  readonly connectTimeoutMs: number;
  readonly wallTimeMs: number | undefined;
  readonly singleShot: boolean;
  readonly transferPort: number | readonly [number, number];
  readonly dataHost: string | undefined;
  readonly insecure: boolean;
  readonly localLinks: boolean;
  readonly onManagerLost: LostPolicy;
}

const DEFAULTS = {
  resources: {},
  keepWorkdir: false,
  connectTimeoutMs: 15 * 60_000,
  singleShot: false,
  transferPort: 0,
  localLinks: true,
  onManagerLost: "finish",
} as const satisfies Partial<ResolvedOptions>;
const LONGEST_TIMER_MS = 2 ** 31 - 1;
const MOST_FEATURES = 1_000;
const LONGEST_NAME = 256;

/** Throws BAD_ARGUMENT for what cannot be. */
export function resolveOptions(options: WorkerOptions): ResolvedOptions {
  checkResources(options.resources ?? {});
  const { features = [], idleTimeoutMs, wallTimeMs, workdir } = options;
  if (features.length > MOST_FEATURES) throw bad(`at most ${MOST_FEATURES} features, not ${features.length}`);
  for (const feature of features) checkFeature(feature);
  checkName(options.name);
  checkDataHost(options.dataHost);
  for (const milliseconds of [idleTimeoutMs, wallTimeMs, options.connectTimeoutMs])
    checkSpan(milliseconds ?? 0);
  return {
    ...DEFAULTS,
    name: `${hostname()}-${process.pid}`,
    host: hostname(),
    insecure: options.manager.type === "insecure",
    ...withoutUndefined(options),
    features,
    idleTimeoutMs,
    wallTimeMs,
    workdir: workdir === undefined ? undefined : resolve(workdir),
    dataHost: options.dataHost,
  };
}

/** An option that is there, but undefined, counts as left out. */
function withoutUndefined(options: WorkerOptions): WorkerOptions {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as unknown as WorkerOptions;
}

function checkResources(resources: Partial<Resources>): void {
  for (const [kind, amount] of Object.entries(resources)) {
    if (!Number.isFinite(amount) || amount < 0) throw bad(`${kind} must be an amount, not ${amount}`);
  }
  if (resources.cores === 0) throw bad("cores must be more than 0");
  if (resources.gpus !== undefined && !Number.isInteger(resources.gpus))
    throw bad("gpus must be a whole number");
}

/** Timers cannot be set for longer. */
function checkSpan(milliseconds: number): void {
  if (milliseconds >= 0 && milliseconds <= LONGEST_TIMER_MS) return;
  throw bad(
    `a time limit must be between 0 and ${printDuration(LONGEST_TIMER_MS)}, not ${printDuration(milliseconds)}`,
  );
}

function checkFeature(feature: string): void {
  if (
    feature !== "" &&
    Buffer.byteLength(feature) <= LIMITS.nameBytes &&
    !/[\u0000-\u001f\u007f]/.test(feature)
  )
    return;
  throw bad(`${JSON.stringify(feature.slice(0, 80))} cannot be a feature`);
}

function checkName(name: string | undefined): void {
  if (name === "" || (name !== undefined && name.length > LONGEST_NAME))
    throw bad(`a worker's name has 1 to ${LONGEST_NAME} characters, not ${name.length}`);
}

/** A name or an address, in brackets or not. */
function checkDataHost(host: string | undefined): void {
  if (host === undefined || isIP(host.replace(/^\[|\]$/g, "")) !== 0 || /^[\w-]+(\.[\w-]+)*\.?$/.test(host))
    return;
  throw bad(
    `${JSON.stringify(host)} is no host to get files from: give a name or an address, without a port`,
  );
}

function bad(sentence: string): VineError {
  return new VineError("BAD_ARGUMENT", sentence);
}

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "[::1]" || /^127\./.test(host);
}
