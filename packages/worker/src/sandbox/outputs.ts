import { lstat, realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import type { CollectedOutput, WantedOutput } from "../run/contract.js";
import { copyTree, tidyTree, Unusable } from "./output-tree.js";
import { copyContent } from "./place-file.js";
import type { Sandbox } from "./sandbox-pool.js";

export interface Collected {
  readonly outputs: readonly CollectedOutput[];
  /** For each output that is not there: its name and why. */
  readonly missing: readonly { readonly name: string; readonly reason: string }[];
}

/**
 * Takes the outputs that `succeeded` calls for. Nothing of the task runs any more. What is given away is a file or tree
 * of its own: no link leads out of it, and no inode is shared with the cache or with another output.
 */
export async function collectOutputs(
  sandbox: Sandbox,
  wanted: readonly WantedOutput[],
  succeeded: boolean,
): Promise<Collected> {
  const due = wanted.filter(({ when }) => when === "always" || (when === "success") === succeeded);
  const outputs: CollectedOutput[] = [];
  const missing: { name: string; reason: string }[] = [];
  if (due.length === 0) return { outputs, missing };
  const { box } = sandbox;
  if ((await realpath(box).catch(() => "")) !== box) {
    // The command put a link in the place of its sandbox: what is there now may be anybody's.
    return {
      outputs,
      missing: due.map(({ name }) => ({ name, reason: "is not in the sandbox, which was replaced" })),
    };
  }
  for (const [index, { name }] of due.entries()) {
    const spare = join(sandbox.slot, `output-${index}`);
    const nested = due.some((other) => name.startsWith(`${other.name}/`));
    try {
      outputs.push(await collectOne({ box, name, spare, nested }));
    } catch (error) {
      missing.push({ name, reason: reasonOf(error) });
    }
  }
  return { outputs, missing };
}

interface Taking {
  /** Without links on the way. */
  readonly box: string;
  readonly name: string;
  /** Where a copy may be made. */
  readonly spare: string;
  /** It lies within another output, which will be moved away. */
  readonly nested: boolean;
}

async function collectOne({ box, name, spare, nested }: Taking): Promise<CollectedOutput> {
  const plain = join(box, name);
  const real = await realpath(plain);
  if (real !== box && !real.startsWith(box + sep))
    throw new Unusable("is a link that leads out of the sandbox");
  const stat = await lstat(real);
  const mustCopy = nested || real !== plain; // the target of a link may be an output itself
  if (stat.isDirectory()) return await collectTree(box, name, mustCopy ? await copyTree(real, spare) : real);
  if (!stat.isFile()) throw new Unusable("is neither a file nor a directory");
  if (!mustCopy && stat.nlink === 1) return { name, path: real, kind: "file", size: stat.size };
  await copyContent(real, spare); // an input under another name, or linked twice
  return { name, path: spare, kind: "file", size: (await lstat(spare)).size };
}

async function collectTree(box: string, name: string, path: string): Promise<CollectedOutput> {
  return { name, path, kind: "tree", size: await tidyTree(path, box) };
}

function reasonOf(error: unknown): string {
  if (error instanceof Unusable) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOENT" || code === "ENOTDIR") return "was not made";
  if (code === "ELOOP") return "is a link to itself";
  return `cannot be read: ${message}`;
}
