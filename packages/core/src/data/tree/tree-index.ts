import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { checkSandboxName } from "../../files/sandbox-name.js";
import { type ErrorCode, VineError } from "../../model/errors.js";

type Directory = { readonly type: "dir"; readonly children: Map<string, Node> };
type File = { readonly type: "file"; readonly executable: boolean; size: number; digest: string };
type Link = { readonly type: "link"; readonly target: string };
type Node = Directory | File | Link;

/** More links in a row than any kernel follows. */
const MOST_HOPS = 64;

/**
 * What a directory tree holds, as far as it counts: names, kinds, executable bits, link targets and contents, but
 * neither times nor owners. Says which names are safe to make, where links lead, and the digest of it all.
 */
export class TreeIndex {
  readonly #root: Directory = { type: "dir", children: new Map() };
  readonly #unsafe: ErrorCode;

  /** `unsafe`: the code of the error for what could reach outside of the tree. */
  constructor(unsafe: ErrorCode) {
    this.#unsafe = unsafe;
  }

  /** Adds a directory and those above it. Returns the paths that are new, outermost first. */
  addDirectory(path: string): string[] {
    this.#check(path);
    const parts = path.split("/");
    const made: string[] = [];
    let at = this.#root;
    parts.forEach((part, depth) => {
      const { directory, fresh } = this.#step(at, part, path);
      if (fresh) made.push(parts.slice(0, depth + 1).join("/"));
      at = directory;
    });
    return made;
  }

  /** Adds a file; its directories must be there. Size and digest may be told later, to `settleFile`. */
  addFile(
    path: string,
    file: { readonly executable: boolean; readonly size: number; readonly digest: string },
  ): void {
    this.#add(path, { type: "file", ...file });
  }

  settleFile(path: string, digest: string, size: number): void {
    const node = this.#find(path.split("/"));
    if (node?.type !== "file") return;
    node.digest = digest;
    node.size = size;
  }

  /** Adds a symbolic link; where it leads is checked by `checkLinks` when all entries are known. */
  addLink(path: string, target: string): void {
    if (target === "" || target.includes("\0")) throw this.#refuse(path, "is a link to nowhere");
    if (target.startsWith("/"))
      throw this.#refuse(path, `is a link to the absolute path ${JSON.stringify(target)}`);
    this.#add(path, { type: "link", target });
  }

  /** The file at this path, if it is one. */
  file(
    path: string,
  ): { readonly executable: boolean; readonly size: number; readonly digest: string } | undefined {
    const node = this.#find(path.split("/"));
    return node?.type === "file" ? node : undefined;
  }

  /** Throws unless every link, followed through all others, stays inside. */
  checkLinks(): void {
    this.#checkLinksIn(this.#root, []);
  }

  /** The Merkle digest, hex: equal for equal trees, whatever made them and in whatever order. */
  digest(): string {
    return digestOf(this.#root);
  }

  #check(path: string): void {
    try {
      checkSandboxName(path);
    } catch (error) {
      throw new VineError(this.#unsafe, VineError.from(error).message);
    }
  }

  #step(at: Directory, part: string, path: string): { directory: Directory; fresh: boolean } {
    const next = at.children.get(part);
    if (next === undefined) {
      const directory: Directory = { type: "dir", children: new Map() };
      at.children.set(part, directory);
      return { directory, fresh: true };
    }
    if (next.type !== "dir") throw this.#refuse(path, `leads through a ${next.type}`);
    return { directory: next, fresh: false };
  }

  #add(path: string, node: File | Link): void {
    this.#check(path);
    const parts = path.split("/");
    const name = parts.pop() ?? "";
    let at = this.#root;
    for (const part of parts) {
      const next = at.children.get(part);
      if (next?.type !== "dir")
        throw this.#refuse(path, `leads through a ${next?.type ?? "missing directory"}`);
      at = next;
    }
    if (at.children.has(name)) throw this.#refuse(path, "is there twice");
    at.children.set(name, node);
  }

  #find(parts: readonly string[]): Node | undefined {
    let at: Node = this.#root;
    for (const part of parts) {
      const next: Node | undefined = at.type === "dir" ? at.children.get(part) : undefined;
      if (next === undefined) return undefined;
      at = next;
    }
    return at;
  }

  #checkLinksIn(directory: Directory, path: readonly string[]): void {
    for (const [name, node] of directory.children) {
      if (node.type === "dir") this.#checkLinksIn(node, [...path, name]);
      if (node.type === "link" && this.#escapes(path, node.target)) {
        throw this.#refuse(
          [...path, name].join("/"),
          `is a link that leads outside: ${JSON.stringify(node.target)}`,
        );
      }
    }
  }

  /** Follows a link as the kernel would; where something is missing, the rest is taken by its words. */
  #escapes(from: readonly string[], target: string): boolean {
    const at = [...from];
    const ahead = target.split("/").reverse();
    let hops = 0;
    for (let part = ahead.pop(); part !== undefined; part = ahead.pop()) {
      if (part === "" || part === ".") continue;
      if (part === "..") {
        if (at.pop() === undefined) return true;
        continue;
      }
      at.push(part);
      const node = this.#find(at);
      if (node?.type !== "link") continue;
      if (++hops > MOST_HOPS) return false;
      at.pop();
      ahead.push(...node.target.split("/").reverse());
    }
    return false;
  }

  #refuse(path: string, fault: string): VineError {
    return new VineError(this.#unsafe, `${JSON.stringify(path)} ${fault}`);
  }
}

/** Byte by byte, so that every machine and language setting sorts alike. */
function compareNames(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

function digestOf(directory: Directory): string {
  const hash = createHash("sha256").update("vine tree 1\0");
  const names = [...directory.children.keys()].sort(compareNames);
  for (const name of names) {
    const node = directory.children.get(name);
    if (node !== undefined) hash.update(`${lineOf(node)}${name}\0`);
  }
  return hash.digest("hex");
}

function lineOf(node: Node): string {
  if (node.type === "dir") return `d${digestOf(node)}`;
  if (node.type === "link") return `l${createHash("sha256").update(node.target).digest("hex")}`;
  return `${node.executable ? "x" : "f"}${node.digest}`;
}
