import { jsonLine, VineError } from "@taskvine/core/model";
import { NewsFeed, startWorker, type WorkerNews } from "@taskvine/worker";
import { EXIT, exitCodeOf } from "../exit-codes.js";
import { Log } from "../output/log.js";
import { printError } from "../output/print-error.js";
import { describeNews } from "../output/worker-news.js";
import { StopSignals } from "./stop-signals.js";
import { readLogLevel, readWorkerFlags, type WorkerFlags } from "./worker-options.js";

/** Runs a worker to its end. Returns the exit code. */
export async function runWorker(address: string | undefined, flags: WorkerFlags): Promise<number> {
  const isDebug = flags.logLevel === "debug";
  try {
    const level = readLogLevel(flags);
    const options = readWorkerFlags(address, flags, process.env);
    const feed = new NewsFeed();
    feed.listen(printLog(new Log(level)));
    if (flags.json === true) feed.listen(printJson);
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

function printJson(news: WorkerNews): void {
  process.stdout.write(`${jsonLine({ time: Date.now(), ...news })}\n`);
}

function printLog(log: Log): (news: WorkerNews) => void {
  return (news) => {
    const { level, words } = describeNews(news);
    log.line(level, words);
  };
}
