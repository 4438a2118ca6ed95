import { Command, Option } from "commander";
import { MANAGER_EXIT_HELP } from "../exit-codes.js";
import type { ManagerFlags } from "./manager-options.js";

const EXAMPLES = `
Examples:
  vine manager
  vine manager --port 9123 --host 0.0.0.0 --connection-file vine.json
  vine manager --executor @scope/my-executor --executor-options '{"width": 4}'
  vine manager --json --end-with-stdin

${MANAGER_EXIT_HELP}

SIGTERM and SIGINT: cancels what runs, lets the workers go, and ends. A second one: ends at once.
--json: one JSON object for each event on standard output, with an "event": ready, worker-joined, worker-lost, note, ended.`;

export function managerCommand(): Command {
  return new Command("manager")
    .description("Run a manager for programs that connect to it, such as those in Python.")
    .option("--name <name>", "name in logs and in the connection file (default: vine-<process id>)")
    .option(
      "--port <port>",
      'port, or range such as "9100-9200", for workers and programs (default: any free one)',
    )
    .option("--data-port <port>", "port, or range, on which workers fetch files from it")
    .option(
      "--host <address>",
      "interface to listen on; 0.0.0.0 opens the cluster to others (default: 127.0.0.1)",
    )
    .option("--advertise <host>", "name or address under which workers reach this machine")
    .option("--connection-file <path>", "a second place for the file with address and keys")
    .option("--run-directory <directory>", "where the folders of runs are made (default: vine-run-info)")
    .option("--executor <package>", "load an executor by its package name or path; may be repeated", collect)
    .option("--executor-options <json>", "options of the executor before it, as JSON", collect)
    .option("--insecure", "no encryption and no keys: only where everyone on the network is trusted")
    .option("--end-with-stdin", "end when standard input closes: with the program that started this one")
    .option("--json", "print events as JSON, one a line, on standard output")
    .addOption(
      new Option("--log-level <level>", "debug, info, warn or error, on standard error").default("info"),
    )
    .addHelpText("after", EXAMPLES)
    .action(async (flags: ManagerFlags) => {
      // Loaded only when needed: sockets and threads take their time.
      const { runManager } = await import("./run-manager.js");
      process.exitCode = await runManager(flags);
    });
}

function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}
