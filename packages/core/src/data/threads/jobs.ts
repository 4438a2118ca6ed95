import type { MessagePort } from "node:worker_threads";
import type { ErrorCode } from "../../model/errors.js";
import { hashBlocks } from "../digest/hash-blocks.js";
import { type HashedFile, hashFileSync } from "../digest/hash-file.js";
import { diskError } from "../tree/disk-error.js";
import { makeReadOnlySync } from "../tree/read-only.js";
import { type ReceivedTree, type ReceiveTreeJob, receiveTree } from "../tree/receive-tree.js";
import { type Survey, surveyTree } from "../tree/survey.js";
import { runUnpackJob, type Unpacked, type UnpackJob } from "../unpack/unpack-job.js";
import type { CancelFlag } from "./cancel.js";

/** Everything that threads do, by name: what goes in and what comes out. */
export interface Jobs {
  readonly hashFiles: {
    readonly job: { readonly paths: readonly string[]; readonly flag: CancelFlag };
    readonly result: readonly HashedFile[];
  };
  readonly hashStream: { readonly job: { readonly port: MessagePort }; readonly result: string };
  readonly receiveTree: { readonly job: ReceiveTreeJob; readonly result: ReceivedTree };
  readonly surveyTree: {
    readonly job: { readonly root: string; readonly flag: CancelFlag };
    readonly result: Survey;
  };
  readonly makeReadOnly: { readonly job: { readonly path: string }; readonly result: undefined };
  readonly unpack: { readonly job: UnpackJob; readonly result: Unpacked };
}

/** An answer that survives the way back to the main thread, where an error would lose its class. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: ErrorCode; readonly message: string };

export interface Call<Name extends keyof Jobs> {
  readonly name: Name;
  readonly job: Jobs[Name]["job"];
}

type Work = {
  readonly [Name in keyof Jobs]: (
    job: Jobs[Name]["job"],
  ) => Jobs[Name]["result"] | Promise<Jobs[Name]["result"]>;
};

const WORK: Work = {
  hashFiles: ({ paths, flag }) => paths.map((path) => hashFileSync(path, flag)),
  hashStream: ({ port }) => hashBlocks(port),
  receiveTree,
  surveyTree: ({ root, flag }) => surveyTree(root, flag),
  makeReadOnly: ({ path }) => {
    makeReadOnlySync(path);
    return undefined;
  },
  unpack: runUnpackJob,
};

/** What a thread of the pool runs. Never rejects. */
export async function runCall<Name extends keyof Jobs>(
  call: Call<Name>,
): Promise<Answer<Jobs[Name]["result"]>> {
  try {
    return { ok: true, value: await WORK[call.name](call.job) };
  } catch (error) {
    const { code, message } = diskError(error, "INTERNAL");
    return { ok: false, code, message };
  }
}
