import { Command, Option } from "commander";
import { VineError } from "@taskvine/core/model";
import { NewsFeed, startWorker, type Worker, type WorkerNews } from "@taskvine/worker";
import { EXIT, EXIT_HELP, exitCodeOf } from "../exit-codes.js";
import { Log } from "../output/log.js";
import { printError } from "../output/print-error.js";
import { describeNews } from "../output/worker-news.js";
import { readLogLevel, readWorkerFlags, type WorkerFlags } from "./worker-options.js";

const EXAMPLES = `
Examples:
  vine worker --connection-file vine-run-info/most-recent/connection.json
  vine worker --connection-file vine.json --cores 8 --memory 16GB --disk 100GB --workdir /scratch/vine
  vine worker --connection-file vine.json --idle-timeout 10m --feature avx512 --feature site:east
  vine worker 127.0.0.1:9123 --insecure --single-shot

${EXIT_HELP}

SIGTERM and SIGINT: gives its tasks back, says goodbye, leaves nothing behind. A second one: ends at once.
--json: one JSON object for each event on standard output, with a "type": ready, joined, task-started, task-ended, …`;

const PARENT_LOOK_MS = 1_000;

export function workerCommand(): Command {
  const command = new Command("worker")
    .description("Run tasks for a manager on this machine.")
    .argument("[HOST:PORT]", "the manager's address; its keys come from the connection file")
    .option("--connection-file <path>", "written by the manager: address and keys (default: $VINE_CONNECTION_FILE)")
    .option("--cores <number>", "cores to offer (default: those of this machine)")
    .option("--memory <bytes>", 'memory to offer, such as "16GB" (default: that of this machine)')
    .option("--disk <bytes>", 'disk for cache and sandboxes, such as "100GB" (default: half of what is free)')
    .option("--gpus <number>", "gpus to offer (default: those that nvidia-smi shows)")
    .option("--feature <label>", "offer a label that tasks may ask for; may be repeated", collect)
    .option("--name <name>", "name in logs (default: host name and process id)")
    .option("--workdir <directory>", "where cache and sandboxes are; files kept forever stay there (default: temporary)")
    .option("--keep-workdir", "leave everything in the directory as it is at the end")
    .option("--idle-timeout <time>", 'end when there was nothing to do for so long, such as "10m"')
    .option("--connect-timeout <time>", 'give up when no manager was found for so long (default: "15m")')
    .option("--wall-time <time>", "end after so long, in good order")
    .option("--single-shot", "end with the manager instead of looking for another")
    .option("--parent-death", "end when the process that started this one ends")
    .option("--transfer-port <port>", 'port, or range such as "9200-9300", on which files are given to others')
    .option("--data-host <host>", "address that other workers are told to get files from")
    .option("--no-local-links", "do not share files with other workers of this user by links")
    .option("--insecure", "no encryption and no keys: only where everyone on the network is trusted")
    .option("--json", "print events as JSON, one a line, on standard output");
  return command
    .addOption(new Option("--on-manager-lost <policy>", "running tasks: finish, keep, or drop").default("finish"))
    .addOption(new Option("--log-level <level>", "debug, info, warn or error, on standard error").default("info"))
    .addHelpText("after", EXAMPLES)
    .action(async (address: string | undefined, flags: WorkerFlags) => {
      process.exitCode = await runWorker(address, flags);
    });
}

async function runWorker(address: string | undefined, flags: WorkerFlags): Promise<number> {
  const isDebug = flags.logLevel === "debug";
  try {
    const level = readLogLevel(flags);
    const options = readWorkerFlags(address, flags, process.env);
    const feed = new NewsFeed();
    feed.listen(flags.json === true ? printJson : printLog(new Log(level)));
    const signals = new StopSignals(flags.parentDeath === true);
    const worker = await startWorker(options, feed);
    if (options.insecure === true) new Log(level).line("warn", "--insecure: no encryption, no keys");
    signals.attend(worker);
    const end = await worker.ended;
    signals.close();
    if (end.error === undefined) return EXIT.ok;
    printError(end.error, isDebug);
    return exitCodeOf(end.error.code);
  } catch (thrown) {
    const error = VineError.from(thrown);
    printError(error, isDebug);
    return exitCodeOf(error.code);
  }
}

const SIGNALS = ["SIGTERM", "SIGINT", "SIGHUP"] as const;

/** The first signal ends the worker in good order, the second one the process: then the launcher ends the tasks. */
class StopSignals {
  readonly #parent = process.ppid;
  readonly #watch: NodeJS.Timeout | undefined;
  readonly #onSignal = (signal: NodeJS.Signals): void => this.#stop(`received ${signal}`);
  #worker: Worker | undefined;
  #reason: string | undefined;

  constructor(endsWithParent: boolean) {
    for (const signal of SIGNALS) process.on(signal, this.#onSignal);
    if (endsWithParent) this.#watch = setInterval(() => this.#look(), PARENT_LOOK_MS);
  }

  /** What came before is made up for. */
  attend(worker: Worker): void {
    this.#worker = worker;
    if (this.#reason !== undefined) void worker.stop(this.#reason);
  }

  close(): void {
    clearInterval(this.#watch);
    for (const signal of SIGNALS) process.off(signal, this.#onSignal);
  }

  #look(): void {
    if (process.ppid !== this.#parent && this.#reason === undefined) this.#stop("its parent process ended");
  }

  #stop(reason: string): void {
    if (this.#reason !== undefined) process.exit(EXIT.failed);
    this.#reason = reason;
    void this.#worker?.stop(reason);
  }
}

function printJson(news: WorkerNews): void {
  process.stdout.write(`${JSON.stringify({ time: Date.now(), ...news })}\n`);
}

function printLog(log: Log): (news: WorkerNews) => void {
  return (news) => {
    const { level, words } = describeNews(news);
    log.line(level, words);
  };
}

function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}
