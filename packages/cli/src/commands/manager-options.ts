import type { ManagerOptions } from "@taskvine/core";
import { VineError } from "@taskvine/core/model";
import { ports } from "./worker-options.js";

/** As commander hands them over: text, or true. */
export interface ManagerFlags {
  readonly name?: string;
  readonly port?: string;
  readonly dataPort?: string;
  readonly host?: string;
  readonly advertise?: string;
  readonly connectionFile?: string;
  readonly runDirectory?: string;
  readonly executor?: readonly string[];
  readonly executorOptions?: readonly string[];
  readonly insecure?: true;
  readonly endWithStdin?: true;
  readonly json?: true;
  readonly logLevel: string;
}

/** What the command line asks for. Throws BAD_ARGUMENT with the name of the option. */
export function readManagerFlags(flags: ManagerFlags): ManagerOptions {
  const { name, host, advertise, connectionFile, runDirectory } = flags;
  return {
    ...(name === undefined ? {} : { name }),
    ...(flags.port === undefined ? {} : { port: ports(flags.port, "--port") }),
    ...(flags.dataPort === undefined ? {} : { dataPort: ports(flags.dataPort, "--data-port") }),
    ...(host === undefined ? {} : { host }),
    ...(advertise === undefined ? {} : { advertise }),
    ...(connectionFile === undefined ? {} : { connectionFile }),
    ...(runDirectory === undefined ? {} : { runDirectory }),
    ...(flags.insecure === true ? { insecure: true } : {}),
    handleSignals: false,
  };
}

/** An executor to load: its package or path, and its options. */
export interface WantedExecutor {
  readonly place: string;
  readonly options: unknown;
}

/** The first --executor-options are those of the first --executor, and so on. Throws BAD_ARGUMENT. */
export function readExecutors({ executor = [], executorOptions = [] }: ManagerFlags): WantedExecutor[] {
  if (executorOptions.length > executor.length)
    throw new VineError("BAD_ARGUMENT", "there are more --executor-options than --executor");
  return executor.map((place, at) => ({ place, options: parsed(executorOptions[at]) }));
}

function parsed(json: string | undefined): unknown {
  if (json === undefined) return {};
  try {
    return JSON.parse(json) as unknown;
  } catch {
    throw new VineError("BAD_ARGUMENT", `--executor-options must be JSON, not ${JSON.stringify(json)}`);
  }
}
