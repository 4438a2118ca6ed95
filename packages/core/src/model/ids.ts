declare const brand: unique symbol;
type Branded<Name extends string> = number & { readonly [brand]: Name };

/** A task of one manager. Counted from 1 in order of submission; never reused. */
export type TaskId = Branded<"TaskId">;
/** A declared file of one manager. Counted from 1 in order of declaration; never reused. */
export type FileId = Branded<"FileId">;
/** A declared library of one manager. Counted from 1; never reused. */
export type LibraryId = Branded<"LibraryId">;
/** One connection of a worker: a worker that comes back gets a new id. */
export type WorkerId = Branded<"WorkerId">;
/** One copy in flight: a fetch by a worker, a mini-task at a worker, or a retrieval by the manager. */
export type TransferId = Branded<"TransferId">;
/** Counts the times a task was given to a worker, from 1. Late news of an earlier attempt is recognised by it. */
export type Attempt = Branded<"Attempt">;

export const taskId = (value: number): TaskId => value as TaskId;
export const fileId = (value: number): FileId => value as FileId;
export const libraryId = (value: number): LibraryId => value as LibraryId;
/** Tasks of applications are numbered below this, library instances from here on. */
export const FIRST_INSTANCE_ID = 0x8000_0000;

export const workerId = (value: number): WorkerId => value as WorkerId;
export const transferId = (value: number): TransferId => value as TransferId;
export const attempt = (value: number): Attempt => value as Attempt;

/** Name of a file in every cache of the cluster: a fact about its content or its recipe (files/cache-name.ts). */
export type CacheName = string & { readonly [brand]: "CacheName" };
export const cacheName = (value: string): CacheName => value as CacheName;
