import { never, printBytes } from "@taskvine/core/model";
import type { WorkerNews } from "@taskvine/worker";
import type { LogLevel } from "./log.js";

const COMMAND_SHOWN = 120;

/** A line of the worker's log. */
export interface NewsLine {
  readonly level: LogLevel;
  readonly words: string;
}

export function describeNews(news: WorkerNews): NewsLine {
  switch (news.type) {
    case "ready":
    case "ended":
    case "leaving":
    case "warning":
      return describeWorker(news);
    case "connecting":
    case "joined":
    case "manager-lost":
      return describeManager(news);
    case "task-started":
    case "task-ended":
    case "task-returned":
      return describeTask(news);
    case "file-ready":
    case "file-failed":
    case "file-gone":
      return describeFile(news);
    default:
      return never(news);
  }
}

type About<T extends WorkerNews["type"]> = Extract<WorkerNews, { type: T }>;

function describeWorker(news: About<"ready" | "ended" | "leaving" | "warning">): NewsLine {
  switch (news.type) {
    case "ready": {
      const { cores, memory, disk, gpus } = news.resources;
      const offer = `${cores} cores, ${printBytes(memory)} memory, ${printBytes(disk)} disk, ${gpus} gpus`;
      const held = news.held > 0 ? `, ${news.held} files kept from before` : "";
      return { level: "info", words: `worker ${news.name} offers ${offer}; works in ${news.workdir}${held}` };
    }
    case "leaving":
      return { level: "info", words: `leaves: ${news.reason}` };
    case "warning":
      return { level: "warn", words: `${news.message} [${news.code}]` };
    case "ended":
      return { level: "info", words: `ended: ${news.reason}` };
    default:
      return never(news);
  }
}

function describeManager(news: About<"connecting" | "joined" | "manager-lost">): NewsLine {
  switch (news.type) {
    case "connecting":
      return { level: "debug", words: `connects to ${news.address}` };
    case "joined":
      return news.secure
        ? { level: "info", words: `joined manager ${news.manager} at ${news.address}` }
        : { level: "warn", words: `joined manager ${news.manager} at ${news.address} WITHOUT encryption or keys` };
    case "manager-lost":
      return { level: "warn", words: `lost the manager: ${news.reason}` };
    default:
      return never(news);
  }
}

function describeTask(news: About<"task-started" | "task-ended" | "task-returned">): NewsLine {
  switch (news.type) {
    case "task-started":
      return { level: "debug", words: `task ${news.task} started: ${news.command.slice(0, COMMAND_SHOWN)}` };
    case "task-ended": {
      const exit = news.exitCode === undefined ? "" : `, exit code ${news.exitCode}`;
      return { level: "debug", words: `task ${news.task} ended: ${news.code}${exit}` };
    }
    case "task-returned":
      return { level: "info", words: `task ${news.task} given back (${news.reason}): ${news.message}` };
    default:
      return never(news);
  }
}

function describeFile(news: About<"file-ready" | "file-failed" | "file-gone">): NewsLine {
  switch (news.type) {
    case "file-ready":
      return { level: "debug", words: `${news.file} is here: ${printBytes(news.bytes)} by ${news.via}` };
    case "file-failed":
      return { level: "warn", words: `${news.file} did not come: ${news.message} [${news.code}]` };
    case "file-gone":
      return { level: "info", words: `${news.file} is gone: ${news.reason}` };
    default:
      return never(news);
  }
}
