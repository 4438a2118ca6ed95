import { Coordinator, type CoordinatorOptions, checkInvariants } from "../../coordinator/index.js";
import type { FileIdentity } from "../../files/file.js";
import type { FileId } from "../../model/ids.js";
import type { CoordinatorUnderTest } from "../manager/coordinator.js";

/** The coordinator that managers use, with its invariants, as the simulator wants it. */
export function realCoordinator(options: Partial<CoordinatorOptions>): {
  readonly coordinator: CoordinatorUnderTest;
  readonly check: () => void;
} {
  const real = new Coordinator(options);
  const known = new Map<FileId, FileIdentity>();
  const coordinator: CoordinatorUnderTest = {
    step: (events, nowMs) => real.step(events, nowMs),
    get nextDeadlineMs() {
      return real.nextDeadlineMs;
    },
    explain: (task) => real.explain(task),
    // Names are remembered: the coordinator forgets files that nobody can name any more.
    identity: (id) => {
      const before = known.get(id);
      if (before?.size !== undefined) return before;
      const file = real.file(id);
      if (file?.cacheName === undefined) return before;
      const { cacheName, size, digest, kind } = file;
      const identity = {
        cacheName,
        kind,
        ...(size === undefined ? {} : { size }),
        ...(digest === undefined ? {} : { digest }),
      };
      known.set(id, identity);
      return identity;
    },
  };
  return {
    coordinator,
    check: () => {
      checkInvariants(real);
    },
  };
}
