import type {
  Allocation,
  CacheName,
  ErrorCode,
  FileKind,
  Lifetime,
  TaskId,
  TransferId,
} from "@taskvine/core/model";

/** Names one attempt of a task on this worker: `<task>-<attempt>`. */
export type AttemptKey = string;

/** What the machine must know of an attempt to decide when it runs. */
export interface Assignment {
  readonly key: AttemptKey;
  /** Each name once. */
  readonly inputs: readonly CacheName[];
  readonly allocation: Allocation;
  /** It is an instance of a library. */
  readonly library?: InstanceOrder;
}

/** What the machine must know of a library instance; the rest of it is a task (Assignment). */
export interface InstanceOrder {
  /** By this calls name it. */
  readonly task: TaskId;
  readonly key: AttemptKey;
  /** For people. */
  readonly library: string;
  readonly slots: number;
  /** From the start of its process. */
  readonly startWithinMs: number;
}

/** What the machine must know of a fetch or make. */
export interface TransferOrder {
  readonly transfer: TransferId;
  readonly job: "fetch" | "make";
  readonly cacheName: CacheName;
  readonly lifetime: Lifetime;
  readonly kind: FileKind;
  /** Bytes and digest, where known beforehand. */
  readonly size?: number;
  readonly digest?: string;
  /** What a make is made from. */
  readonly inputs: readonly CacheName[];
}

/** Why content did not arrive, and who is to blame. */
export interface TransferFault {
  readonly error: ErrorCode;
  readonly message: string;
  readonly fault: "source" | "destination" | "file";
}
