import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** What to make: text → file, `{ run }` → program, `{ link }` → symbolic link, null → empty directory. */
export type TreePlan = Readonly<
  Record<string, string | Uint8Array | { run: string } | { link: string } | null>
>;

/** Makes a directory tree, and returns its path. */
export function makeTree(root: string, plan: TreePlan): string {
  mkdirSync(root, { recursive: true });
  for (const [name, what] of Object.entries(plan)) makeEntry(`${root}/${name}`, what);
  return root;
}

function makeEntry(path: string, what: TreePlan[string] | undefined): void {
  mkdirSync(dirname(path), { recursive: true });
  if (what === null || what === undefined) mkdirSync(path);
  else if (typeof what === "string" || what instanceof Uint8Array) writeFileSync(path, what);
  else if ("link" in what) symlinkSync(what.link, path);
  else {
    writeFileSync(path, what.run);
    chmodSync(path, 0o755);
  }
}
