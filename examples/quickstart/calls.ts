import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { FunctionCall, javascriptLibrary, type Library, type Manager, pythonLibrary } from "@taskvine/core";

/** What came of calling one function often. */
export interface CallRate {
  readonly language: string;
  /** Why nothing was called. */
  readonly leftOut?: string;
  readonly calls: number;
  /** From the first submit until its value is here: the library starts meanwhile. */
  readonly firstMs: number;
  /** All calls, submitted at once. */
  readonly allMs: number;
  /** One call after the other, the middle one of them. */
  readonly oneMs: number;
  /** Instances of the library that took part. */
  readonly instances: number;
}

const CALLS = 5_000;
const ONE_BY_ONE = 100;
const LEAST_PYTHON = "import sys; sys.exit(sys.version_info < (3, 8))";
const PYTHON_MODULE = fileURLToPath(new URL("../../quickstart/words.py", import.meta.url));
const JAVASCRIPT = `
  export const words = (name) => name.match(/[A-Z]?[a-z]+|[A-Z]+|[0-9]+/g) ?? [];
`;

/** Calls functions that cut identifiers into words: in JavaScript, and in Python where that is here. */
export async function callFunctions(m: Manager, names: readonly string[]): Promise<CallRate[]> {
  const inJavaScript = javascriptLibrary("js-words", { source: JAVASCRIPT, functions: ["words"] });
  const rates = [await rateOf(m, { language: "JavaScript", library: inJavaScript, names })];
  if (!(await hasPython()))
    return [...rates, leftOut("Python", "left out: there is no python3 of version 3.8 or newer here")];
  const files = { "words.py": PYTHON_MODULE };
  const inPython = pythonLibrary("py-words", { functions: { words: "words:words" }, files });
  return [...rates, await rateOf(m, { language: "Python", library: inPython, names })];
}

interface Called {
  readonly language: string;
  readonly library: Library;
  readonly names: readonly string[];
}

async function rateOf(m: Manager, { language, library, names }: Called): Promise<CallRate> {
  const handle = m.declareLibrary(library.cores(1));
  const nameAt = (at: number): string => names[at % names.length] ?? "aName";
  const firstMs = await milliseconds(() => m.call(handle, "words", nameAt(0)));
  const allMs = await milliseconds(async () => {
    const calls = Array.from({ length: CALLS }, (_, at) => new FunctionCall(handle, "words", [nameAt(at)]));
    await Promise.all(m.submitAll(calls).map(async ({ done }) => (await done).check().value));
  });
  const { instances } = handle.status();
  const single: number[] = [];
  for (let at = 0; at < ONE_BY_ONE; at += 1)
    single.push(await milliseconds(() => m.call(handle, "words", nameAt(at))));
  const oneMs = single.sort((a, b) => a - b)[ONE_BY_ONE / 2] ?? 0;
  handle.remove();
  return { language, calls: CALLS, firstMs, allMs, oneMs, instances };
}

function leftOut(language: string, reason: string): CallRate {
  return { language, leftOut: reason, calls: 0, firstMs: 0, allMs: 0, oneMs: 0, instances: 0 };
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

async function hasPython(): Promise<boolean> {
  const run = promisify(execFile);
  return run("python3", ["-c", LEAST_PYTHON]).then(
    () => true,
    () => false,
  );
}
