import { Command, Option } from "commander";
import { EXIT_HELP } from "../exit-codes.js";
import type { WorkerFlags } from "./worker-options.js";

const EXAMPLES = `
Examples:
  vine worker --connection-file vine-run-info/most-recent/connection.json
  vine worker --connection-file vine.json --cores 8 --memory 16GB --disk 100GB --workdir /scratch/vine
  vine worker --connection-file vine.json --idle-timeout 10m --feature avx512 --feature site:east
  vine worker 127.0.0.1:9123 --insecure --single-shot

${EXIT_HELP}

SIGTERM and SIGINT: gives its tasks back, says goodbye, leaves nothing behind. One more after half a second: ends at once.
--json: one JSON object for each event on standard output, with a "type": ready, joined, task-started, task-ended, …`;

export function workerCommand(): Command {
  const command = new Command("worker")
    .description("Run tasks for a manager on this machine.")
    .argument("[HOST:PORT]", "the manager's address; its keys come from the connection file")
    .option(
      "--connection-file <path>",
      "written by the manager: address and keys (default: $VINE_CONNECTION_FILE)",
    )
    .option("--cores <number>", "cores to offer (default: those of this machine)")
    .option("--memory <bytes>", 'memory to offer, such as "16GB" (default: that of this machine)')
    .option("--disk <bytes>", 'disk for cache and sandboxes, such as "100GB" (default: half of what is free)')
    .option("--gpus <number>", "gpus to offer (default: those that nvidia-smi shows)")
    .option("--feature <label>", "offer a label that tasks may ask for; may be repeated", collect)
    .option("--name <name>", "name in logs (default: host name and process id)")
    .option(
      "--workdir <directory>",
      "where cache and sandboxes are; files kept forever stay there (default: temporary)",
    )
    .option("--keep-workdir", "leave everything in the directory as it is at the end")
    .option("--idle-timeout <time>", 'end when there was nothing to do for so long, such as "10m"')
    .option("--connect-timeout <time>", 'give up when no manager was found for so long (default: "15m")')
    .option("--wall-time <time>", "end after so long, in good order")
    .option("--single-shot", "end with the manager instead of looking for another")
    .option("--parent-death", "end when the process that started this one ends")
    .option(
      "--transfer-port <port>",
      'port, or range such as "9200-9300", on which files are given to others',
    )
    .option("--data-host <host>", "address that other workers are told to get files from")
    .option("--no-local-links", "do not share files with other workers of this user by links")
    .option("--insecure", "no encryption and no keys: only where everyone on the network is trusted")
    .option("--json", "print events as JSON, one a line, on standard output");
  return command
    .addOption(
      new Option("--on-manager-lost <policy>", "running tasks: finish, keep, or drop").default("finish"),
    )
    .addOption(
      new Option("--log-level <level>", "debug, info, warn or error, on standard error").default("info"),
    )
    .addHelpText("after", EXAMPLES)
    .action(async (address: string | undefined, flags: WorkerFlags) => {
      // Loaded only when needed: sockets and threads take their time.
      const { runWorker } = await import("./run-worker.js");
      process.exitCode = await runWorker(address, flags);
    });
}

function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}
