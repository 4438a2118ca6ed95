import type { ErrorCode, Resources } from "@taskvine/core/model";

/** What a worker tells whoever watches it: lines of its log, and of `vine worker --json`. */
export type WorkerNews =
  | {
      readonly type: "ready";
      readonly name: string;
      readonly pid: number;
      readonly workdir: string;
      readonly resources: Resources;
      readonly features: readonly string[];
      /** Files of an earlier worker that are still good. */
      readonly held: number;
      readonly dataPort: number;
    }
  | { readonly type: "connecting"; readonly address: string }
  | { readonly type: "joined"; readonly address: string; readonly manager: string; readonly secure: boolean }
  /** It said goodbye. */
  | { readonly type: "manager-ended"; readonly reason: string }
  | { readonly type: "manager-lost"; readonly reason: string }
  | { readonly type: "task-started"; readonly task: string; readonly command: string }
  | { readonly type: "task-ended"; readonly task: string; readonly code: string; readonly exitCode?: number }
  | {
      readonly type: "task-returned";
      readonly task: string;
      readonly reason: string;
      readonly message: string;
    }
  | { readonly type: "file-ready"; readonly file: string; readonly bytes: number; readonly via: string }
  | {
      readonly type: "file-failed";
      readonly file: string;
      readonly code: ErrorCode;
      readonly message: string;
    }
  | { readonly type: "file-gone"; readonly file: string; readonly reason: string }
  | {
      readonly type: "library-ready";
      readonly library: string;
      readonly task: string;
      readonly slots: number;
    }
  /** In its own words; what becomes of its process is told as of any task's. */
  | {
      readonly type: "library-says";
      readonly library: string;
      readonly level: string;
      readonly message: string;
    }
  | { readonly type: "leaving"; readonly reason: string }
  | { readonly type: "warning"; readonly code: ErrorCode; readonly message: string }
  /** No manager yet, and why. Told again now and then while it is looked for. */
  | {
      readonly type: "searching";
      readonly code: ErrorCode;
      readonly message: string;
      /** How long it will be looked for from now. */
      readonly restMs: number;
    }
  | { readonly type: "ended"; readonly reason: string };

export type NewsListener = (news: WorkerNews) => void;

/** Hands news to all who listen. */
export class NewsFeed {
  readonly #listeners = new Set<NewsListener>();

  /** Returns how to stop listening. */
  listen(listener: NewsListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  tell(news: WorkerNews): void {
    for (const listener of this.#listeners) listener(news);
  }
}
