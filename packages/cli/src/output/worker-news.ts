import { never, printBytes, printDuration } from "@taskvine/core/model";
import type { WorkerNews } from "@taskvine/worker";
import type { LogLevel } from "./log.js";

const COMMAND_SHOWN = 120;

/** A line of the worker's log. */
export interface NewsLine {
  readonly level: LogLevel;
  readonly words: string;
}

export function describeNews(news: WorkerNews): NewsLine {
  if (news.type.startsWith("task-")) return describeTask(news as About<TaskNews>);
  if (news.type.startsWith("file-")) return describeFile(news as About<FileNews>);
  return describeWorker(news as About<Exclude<WorkerNews["type"], TaskNews | FileNews>>);
}

type TaskNews = Extract<WorkerNews["type"], `task-${string}`>;
type FileNews = Extract<WorkerNews["type"], `file-${string}`>;
type About<T extends WorkerNews["type"]> = Extract<WorkerNews, { type: T }>;

function describeWorker(news: About<Exclude<WorkerNews["type"], TaskNews | FileNews>>): NewsLine {
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
    case "searching": {
      const rest = printDuration(news.restMs);
      return {
        level: "warn",
        words: `no manager yet: ${news.message} [${news.code}]; goes on looking for ${rest} (--connect-timeout)`,
      };
    }
    case "ended":
      return { level: "info", words: `ended: ${news.reason}` };
    case "connecting":
      return { level: "debug", words: `connects to ${news.address}` };
    case "joined":
      return news.secure
        ? { level: "info", words: `joined manager ${news.manager} at ${news.address}` }
        : {
            level: "warn",
            words: `joined manager ${news.manager} at ${news.address} WITHOUT encryption or keys`,
          };
    case "library-ready":
      return { level: "info", words: `library ${news.library} is ready for ${news.slots} calls at a time` };
    case "library-says":
      return { level: levelOf(news.level), words: `library ${news.library} says: ${news.message}` };
    case "manager-ended":
      return { level: "info", words: `the manager ended: ${news.reason}` };
    case "manager-lost":
      return { level: "warn", words: `lost the manager: ${news.reason}` };
    default:
      return never(news);
  }
}

function levelOf(level: string): LogLevel {
  if (level === "error" || level === "warn") return "warn";
  return level === "debug" ? "debug" : "info";
}

function describeTask(news: About<TaskNews>): NewsLine {
  switch (news.type) {
    case "task-started":
      return { level: "debug", words: `task ${news.task} started: ${news.command.slice(0, COMMAND_SHOWN)}` };
    case "task-ended": {
      const exit = news.exitCode === undefined ? "" : `, exit code ${news.exitCode}`;
      return { level: "debug", words: `task ${news.task} ended: ${news.code}${exit}` };
    }
    case "task-returned":
      return {
        level: news.reason === "retracted" ? "debug" : "info",
        words: `task ${news.task} given back (${news.reason}): ${news.message}`,
      };
    default:
      return never(news);
  }
}

function describeFile(news: About<FileNews>): NewsLine {
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
