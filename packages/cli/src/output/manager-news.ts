import { never, type Resources } from "@taskvine/core/model";
import type { LogLevel } from "./log.js";

/** What `vine manager` tells: for people on standard error, with --json for programs on standard output. */
export type ManagerNews =
  | {
      readonly event: "ready";
      readonly name: string;
      readonly port: number;
      readonly addresses: readonly string[];
      readonly connectionFile: string;
      readonly runDirectory: string;
      readonly executors: readonly string[];
      readonly pid: number;
    }
  | {
      readonly event: "worker-joined";
      readonly name: string;
      readonly host: string;
      readonly resources: Resources;
    }
  | { readonly event: "worker-lost"; readonly name: string; readonly host: string; readonly reason: string }
  | { readonly event: "note"; readonly level: LogLevel; readonly message: string }
  | { readonly event: "ending"; readonly reason: string }
  | { readonly event: "ended" };

export function describeManagerNews(news: ManagerNews): { readonly level: LogLevel; readonly words: string } {
  switch (news.event) {
    case "ready": {
      const runs = news.executors.length > 0 ? `; runs ${news.executors.join(", ")}` : "";
      const places = `${news.addresses.join(", ")}; connection file ${news.connectionFile}`;
      return { level: "info", words: `manager ${news.name} listens at ${places}${runs}` };
    }
    case "worker-joined":
      return { level: "info", words: `worker ${news.name} joined, with ${news.resources.cores} cores` };
    case "worker-lost":
      return { level: "info", words: `worker ${news.name} left: ${news.reason}` };
    case "note":
      return { level: news.level, words: news.message };
    case "ending":
      return { level: "info", words: `ends: ${news.reason}` };
    case "ended":
      return { level: "info", words: "ended" };
    default:
      return never(news);
  }
}
