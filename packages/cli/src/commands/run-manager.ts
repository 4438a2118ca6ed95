import { Manager } from "@taskvine/core";
import { loadExecutor, type RunningExecutor } from "@taskvine/core/executor";
import { Gateway } from "@taskvine/core/gateway";
import { jsonLine, VineError } from "@taskvine/core/model";
import { EXIT, exitCodeOf } from "../exit-codes.js";
import { Log } from "../output/log.js";
import { describeManagerNews, type ManagerNews } from "../output/manager-news.js";
import { printError } from "../output/print-error.js";
import {
  type ManagerFlags,
  readExecutors,
  readManagerFlags,
  type WantedExecutor,
} from "./manager-options.js";
import { StopSignals } from "./stop-signals.js";
import { readLogLevel } from "./worker-options.js";

/** Runs a manager until it is told to end. Returns the exit code. */
export async function runManager(flags: ManagerFlags): Promise<number> {
  const isDebug = flags.logLevel === "debug";
  const signals = new StopSignals(false);
  try {
    const tell = reporter(flags);
    const options = readManagerFlags(flags);
    const manager = await Manager.start(options);
    const closed = new Promise<void>((resolve) => manager.events.once("closed", resolve));
    const executors = loadAll(readExecutors(flags), manager);
    new Gateway(manager, executors);
    follow(manager, tell);
    if (flags.endWithStdin === true) endWithStdin(() => signals.ask("its standard input was closed"));
    tell(readyNews(manager, await orClose(executors, manager)));
    signals.attend({
      stop: (reason) => {
        tell({ event: "ending", reason });
        return manager.close();
      },
    });
    await closed;
    tell({ event: "ended" });
    return EXIT.ok;
  } catch (thrown) {
    const error = VineError.from(thrown);
    printError(error, isDebug);
    return exitCodeOf(error.code);
  } finally {
    signals.close();
    process.stdin.destroy();
  }
}

async function loadAll(
  wanted: readonly WantedExecutor[],
  manager: Manager,
): Promise<readonly RunningExecutor[]> {
  const running: RunningExecutor[] = [];
  for (const { place, options } of wanted) running.push(await loadExecutor(place, manager, options));
  return running;
}

/** Their names. A manager without an executor that was asked for is of no use. */
async function orClose(
  executors: Promise<readonly RunningExecutor[]>,
  manager: Manager,
): Promise<readonly string[]> {
  try {
    return (await executors).map(({ name }) => name);
  } catch (thrown) {
    await manager.close();
    throw thrown;
  }
}

function reporter(flags: ManagerFlags): (news: ManagerNews) => void {
  const log = new Log(readLogLevel(flags));
  return (news) => {
    const { level, words } = describeManagerNews(news);
    log.line(level, words);
    if (flags.json === true) process.stdout.write(`${jsonLine({ ...news })}\n`);
  };
}

function readyNews(manager: Manager, executors: readonly string[]): ManagerNews {
  const { name, port, addresses, connectionFile, runDirectory } = manager;
  return { event: "ready", name, port, addresses, connectionFile, runDirectory, executors, pid: process.pid };
}

function follow({ events }: Manager, tell: (news: ManagerNews) => void): void {
  events.on("worker-joined", ({ name, host, resources }) =>
    tell({ event: "worker-joined", name, host, resources }),
  );
  events.on("worker-lost", ({ name, host }, reason) => tell({ event: "worker-lost", name, host, reason }));
  events.on("note", (level, message) => tell({ event: "note", level, message }));
}

/** Whoever started us holds the other end: it closes with that process, whatever becomes of it. */
function endWithStdin(end: () => void): void {
  process.stdin.on("end", end).on("close", end).on("error", end).resume();
}
