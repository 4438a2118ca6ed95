import type { ManagerOptions } from "@taskvine/core";
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
