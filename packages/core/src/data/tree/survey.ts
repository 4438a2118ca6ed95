import { Buffer } from "node:buffer";
import { type BigIntStats, lstatSync, readdirSync, readlinkSync } from "node:fs";
import { VineError } from "../../model/errors.js";
import { type CancelFlag, throwIfCancelled } from "../threads/cancel.js";
import { TreeIndex } from "./tree-index.js";

/** One entry of a directory tree on disk, by its path below the tree. */
export interface TreeEntry {
  readonly path: string;
  readonly type: "dir" | "file" | "link";
  readonly executable: boolean;
  readonly size: number;
  /** Of a link. */
  readonly target: string;
  /** What `statKey` says of a file. */
  readonly key: string;
}

export interface Survey {
  /** A directory comes before what it holds; siblings are sorted byte by byte. */
  readonly entries: readonly TreeEntry[];
  /** Bytes of all files. */
  readonly size: number;
}

/**
 * Lists a directory tree without reading its files, synchronously: for threads. Links are not followed; one that
 * leads outside is BAD_NAME, as is a name that no sandbox may have. Sockets, devices and the like are INPUT_MISSING.
 */
export function surveyTree(root: string, flag?: CancelFlag): Survey {
  const entries: TreeEntry[] = [];
  walk(root, "", { entries, flag });
  indexOf(entries, "").checkLinks();
  return { entries, size: entries.reduce((sum, entry) => sum + entry.size, 0) };
}

/** The index of a surveyed tree; files get `digest` until theirs is set. Checks every name. */
export function indexOf(entries: readonly TreeEntry[], digest: string): TreeIndex {
  const index = new TreeIndex("BAD_NAME");
  for (const entry of entries) {
    if (entry.type === "dir") index.addDirectory(entry.path);
    else if (entry.type === "link") index.addLink(entry.path, entry.target);
    else index.addFile(entry.path, { executable: entry.executable, size: entry.size, digest });
  }
  return index;
}

/** Changes whenever a file's content may have changed, as far as the file system tells. */
export function statKey(stat: BigIntStats): string {
  return `${stat.size}-${stat.mtimeNs}-${stat.ino}/${stat.ctimeNs}`;
}

/** Whether nothing was written between two `statKey`s. A new link or another mode changes ctime, but no content. */
export function isUnwritten(before: string, after: string): boolean {
  return before.slice(0, before.indexOf("/")) === after.slice(0, after.indexOf("/"));
}

export function isExecutable(stat: { readonly mode: number | bigint }): boolean {
  return (Number(stat.mode) & 0o111) !== 0;
}

interface Walk {
  readonly entries: TreeEntry[];
  readonly flag: CancelFlag | undefined;
}

function walk(root: string, below: string, state: Walk): void {
  throwIfCancelled(state.flag);
  const names = readdirSync(below === "" ? root : `${root}/${below}`, { encoding: "buffer" }).sort(
    Buffer.compare,
  );
  for (const bytes of names) {
    const path = below === "" ? nameOf(bytes, root) : `${below}/${nameOf(bytes, below)}`;
    const entry = entryOf(root, path);
    state.entries.push(entry);
    if (entry.type === "dir") walk(root, path, state);
  }
}

function nameOf(bytes: Buffer, where: string): string {
  const name = bytes.toString("utf8");
  if (Buffer.from(name, "utf8").equals(bytes)) return name;
  throw new VineError("BAD_NAME", `${where} holds a name that is not UTF-8: ${JSON.stringify(name)}`);
}

function entryOf(root: string, path: string): TreeEntry {
  const full = `${root}/${path}`;
  const stat = lstatSync(full, { bigint: true });
  const plain = { path, executable: false, size: 0, target: "", key: "" };
  if (stat.isDirectory()) return { ...plain, type: "dir" };
  if (stat.isSymbolicLink()) return { ...plain, type: "link", target: readlinkSync(full) };
  if (stat.isFile()) {
    return {
      ...plain,
      type: "file",
      executable: isExecutable(stat),
      size: Number(stat.size),
      key: statKey(stat),
    };
  }
  throw new VineError("INPUT_MISSING", `${full} is neither a file nor a folder nor a link`);
}
