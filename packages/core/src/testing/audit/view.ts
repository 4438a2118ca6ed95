import type { FileIdentity } from "../../files/file.js";
import type { FileId } from "../../model/ids.js";
import type { Truth } from "../workload/truth.js";
import type { Workload } from "../workload/workload.js";
import type { Ledger } from "./ledger.js";

export interface AuditorOptions {
  readonly workload: Workload;
  readonly truth: Truth;
  /** What the coordinator calls a file. */
  readonly identity: (file: FileId) => FileIdentity | undefined;
  readonly transfersPerSource: number;
  readonly transfersPerDestination: number;
  /** Cores' worth of tasks that a worker may be sent beyond what fits, for each core. */
  readonly prefetchPerCore: number;
}

/** What the rules look at. */
export interface AuditView {
  readonly ledger: Ledger;
  /** Several events in one step: what was asked in the middle of it was right at that moment, not always at its end. */
  readonly lenient: boolean;
  readonly options: AuditorOptions;
  /** The name of a file that is about to be used. */
  identity(file: FileId): FileIdentity;
}
