import { writeFile } from "node:fs/promises";
import { javascriptLibrary, type Library, pythonLibrary } from "@taskvine/core";
import type { Cluster } from "./cluster.js";

const MODULE = `
  export const add = (a, b) => a + b;
  export const fail = (why) => { throw new RangeError(why); };
  export const ones = (count) => new Float64Array(count).fill(1);
  export const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
  export const wait = (ms) => new Promise((resolve) => setTimeout(() => resolve(ms), ms));
  export const spin = () => { for (;;); };
  export const pid = () => process.pid;
  export const text = async (path) => (await import("node:fs")).readFileSync(path, "utf8");
`;

const PYTHON = `
import os, time
def add(a, b=0): return a + b
def fail(why): raise ValueError(why)
def text(path): return open(path).read()
def total(numbers): return sum(numbers)
def numbers(count): return list(range(count))
def pid(): return os.getpid()
def parent(): return os.getppid()
def wait(seconds): time.sleep(seconds); return seconds
`;

const PYTHON_FUNCTIONS = ["add", "fail", "text", "total", "numbers", "pid", "parent", "wait"];

/** A library of small functions in JavaScript with instances of one core. */
export async function javascriptFunctions(c: Cluster, name = "js"): Promise<Library> {
  const module = c.path("functions.mjs");
  await writeFile(module, MODULE);
  return javascriptLibrary(name, { module }).cores(1);
}

/** A library of small functions in Python, called `py`, with instances of one core. */
export async function pythonFunctions(
  c: Cluster,
  mode: "direct" | "fork" | "threads" = "direct",
  slots = 1,
): Promise<Library> {
  const module = c.path("story.py");
  await writeFile(module, PYTHON);
  const functions = Object.fromEntries(PYTHON_FUNCTIONS.map((name) => [name, `story:${name}`]));
  return pythonLibrary("py", { functions, mode, slots, files: { "story.py": module } }).cores(1);
}
