import { fileURLToPath } from "node:url";
import { type Manager, Task, type TaskHandle, type VineFile } from "@taskvine/core";
import type { SourceFile, SourceTarball } from "./source-tarball.js";

/** What the last task prints. */
export interface Identifiers {
  /** Identifiers in all, and how many different ones. */
  readonly total: number;
  readonly distinct: number;
  readonly top: readonly (readonly [name: string, times: number])[];
}

export interface Workflow {
  readonly handles: readonly TaskHandle[];
  /** Its output is the result: `Identifiers` as JSON. */
  readonly last: TaskHandle;
  /** Inputs of all tasks together. */
  readonly inputs: number;
}

const PARTS = 36;
const FAN_IN = 6;
const ROWS = 15;
const NODE = JSON.stringify(process.execPath);
const SCRIPT = fileURLToPath(new URL("count.js", import.meta.url));

/** Cuts the list into parts of about the same number of bytes. */
function split(files: readonly SourceFile[], count: number): SourceFile[][] {
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const parts: SourceFile[][] = [];
  let bytes = 0;
  for (const file of files) {
    const at = Math.min(count - 1, Math.floor((bytes / total) * count));
    (parts[at] ??= []).push(file);
    bytes += file.size;
  }
  return parts.filter((part) => part.length > 0);
}

/** Submits the whole graph at once: count the parts, merge the counts in a tree, print the top of it. */
export function submitWorkflow(m: Manager, tarball: SourceTarball): Workflow {
  const script = m.declareFile(SCRIPT, { lifetime: "forever" });
  const archive = m.declareFile(tarball.path);
  const sources = m.declareUntar(archive, { lifetime: "forever" });
  const tasks: Task[] = [];
  let inputs = 0;

  const task = (words: string, uses: Readonly<Record<string, VineFile>>): Task => {
    const made = new Task(`exec ${NODE} count.mjs ${words}`).cores(1).input(script, "count.mjs");
    for (const [name, file] of Object.entries(uses)) made.input(file, name);
    inputs += 1 + Object.keys(uses).length;
    tasks.push(made);
    return made;
  };
  const merge = (files: readonly VineFile[], verb: string, target: string): Task => {
    const named = Object.fromEntries(files.map((file, at) => [`part-${at}`, file]));
    return task(`${verb} ${Object.keys(named).join(" ")}${target}`, named);
  };

  let level: VineFile[] = split(tarball.files, PARTS).map((part) => {
    const counts = m.declareTemp();
    const list = m.declareBuffer(part.map(({ path }) => `${path}\n`).join(""));
    task("count sources list > counts", { sources, list }).category("count").output(counts, "counts");
    return counts;
  });
  while (level.length > FAN_IN) {
    const groups = Array.from({ length: Math.ceil(level.length / FAN_IN) }, (_, at) => {
      return level.slice(at * FAN_IN, (at + 1) * FAN_IN);
    });
    level = groups.map((group) => {
      const counts = m.declareTemp();
      merge(group, "merge", " > counts").category("merge").output(counts, "counts");
      return counts;
    });
  }
  merge(level, `top ${ROWS}`, "").category("merge");
  const handles = m.submitAll(tasks);
  const last = handles.at(-1);
  if (last === undefined) throw new Error("there is nothing to count");
  return { handles, last, inputs };
}
