import type { AttemptOutcome, CacheName, OutputReport, StreamOutcome } from "@taskvine/core/model";
import type { RunEnd, StreamEnd } from "../run/contract.js";

/** What became of a run's files: where its full streams are, which outputs are in the cache. */
export interface Harvest {
  readonly stdout: CacheName | undefined;
  readonly stderr: CacheName | undefined;
  readonly outputs: readonly OutputReport[];
}

/** What the manager is told of a run that ended. */
export function outcomeOf(end: RunEnd, harvest: Harvest, queuedMs: number): AttemptOutcome {
  const { code, exitCode, signal, message, exhausted, measured, phases } = end;
  return {
    code,
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(signal === undefined ? {} : { signal }),
    ...(message === undefined ? {} : { message }),
    ...(exhausted === undefined ? {} : { exhausted }),
    stdout: streamOf(end.stdout, harvest.stdout),
    stderr: streamOf(end.stderr, harvest.stderr),
    outputs: harvest.outputs,
    measured,
    phases: { queuedMs, ...phases },
  };
}

function streamOf(stream: StreamEnd, spilled: CacheName | undefined): StreamOutcome {
  const { tail, size, truncated } = stream;
  return { tail, size, truncated, ...(spilled === undefined ? {} : { spilled }) };
}
