import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fetchFile } from "../../../data/index.js";
import type { CacheName, WorkerId } from "../../../model/ids.js";
import { LIMITS } from "../../../model/limits.js";
import type { TaskResult } from "../../../tasks/result.js";
import type { Peer, Receiver } from "../sources.js";
import { putInPlace } from "./place.js";

/** What was too long to travel with the news, where it is now. */
export interface StreamFiles {
  readonly stdoutFile?: string;
  readonly stderrFile?: string;
  /** What a call returned (call-values.ts). It goes when the run ends. */
  readonly valueFile?: string;
}

export interface StreamsOptions {
  readonly directory: string;
  readonly receiver: Receiver;
  readonly signal: AbortSignal;
  /** The text is here, or cannot be had: the worker may forget it. */
  onDone(worker: WorkerId, cacheName: CacheName): void;
  onLost(error: unknown): void;
}

type StreamPeer = Peer & { readonly id: WorkerId };

/** Brings texts of stdout and stderr that were too long to travel inline from the worker to the run directory. */
export class Streams {
  readonly #options: StreamsOptions;

  constructor(options: StreamsOptions) {
    this.#options = options;
  }

  /** Without a file for what the worker took with it: the tail has to do. */
  async bring(result: TaskResult, peer: StreamPeer | undefined): Promise<StreamFiles> {
    const { outcome } = result;
    if (outcome === undefined || peer === undefined) return {};
    const { directory } = this.#options;
    const [stdoutFile, stderrFile] = await Promise.all([
      this.#bringOne(outcome.stdout.spilled, join(directory, `task-${result.task}.stdout`), peer),
      this.#bringOne(outcome.stderr.spilled, join(directory, `task-${result.task}.stderr`), peer),
    ]);
    return {
      ...(stdoutFile === undefined ? {} : { stdoutFile }),
      ...(stderrFile === undefined ? {} : { stderrFile }),
    };
  }

  async #bringOne(
    spilled: CacheName | undefined,
    into: string,
    peer: StreamPeer,
  ): Promise<string | undefined> {
    if (spilled === undefined) return undefined;
    const { signal, receiver } = this.#options;
    const source = peer.source(spilled, receiver);
    try {
      await mkdir(dirname(into), { recursive: true });
      await fetchFile({
        source: { type: "peer", ...source, receiver: receiver.name },
        kind: "file",
        executable: false,
        // A worker that says that it wrote more is wrong, whatever it sends.
        sizeLimit: LIMITS.streamBytes,
        into: `${into}.arriving`,
        signal,
      });
      await putInPlace(`${into}.arriving`, into, "file");
      return into;
    } catch (thrown) {
      this.#options.onLost(thrown);
      return undefined;
    } finally {
      this.#options.onDone(peer.id, spilled);
    }
  }
}
