// Three kinds of work in one workflow, sharing files: a standard task makes a list of words, a library loads this list once and
// answers function calls about a text, and a last standard task adds up what the calls returned. The text travels once;
// neither the list nor what the calls return comes here.
import { FunctionCall, javascriptLibrary, Manager, Task } from "@taskvine/core";
import { startWorker } from "@taskvine/worker";

const TEXT = "the quick brown fox jumps over the lazy dog while the other dogs sleep\n".repeat(1_000);
const LETTERS = ["d", "f", "o", "t"];

/** Runs at the workers: the list is read when the library starts. */
const LIBRARY = `
  import { readFileSync } from "node:fs";

  const words = readFileSync("words.txt", "utf8").trim().split("\\n");

  export function count(textPath, letter) {
    const wanted = new Set(words.filter((word) => word.startsWith(letter)));
    return readFileSync(textPath, "utf8").split(/\\s+/).filter((word) => wanted.has(word)).length;
  }
`;

await using m = await Manager.start();
const worker = await startWorker({
  manager: { type: "file", path: m.connectionFile },
  resources: { cores: 2 },
});

const text = m.declareBuffer(TEXT);
const words = m.declareTemp();
const list = new Task("tr -s ' ' '\\n' < text | sort -u > words.txt")
  .input(text, "text")
  .output(words, "words.txt");
// As JSON, so that a shell can read what the calls return.
const library = javascriptLibrary("words", { source: LIBRARY }).encoding("json").input(words, "words.txt");
const handle = m.declareLibrary(library.cores(1));
const calls = LETTERS.map((letter) =>
  new FunctionCall(handle, "count", [text, letter]).keepInCluster().tag(letter),
);
const total = new Task("awk '{ sum += $1 } END { print sum }' count-*");
for (const [at, call] of calls.entries()) total.input(call.value, `count-${at}`);

const handles = m.submitAll([list, ...calls, total]);
for (const { done } of handles) (await done).check();
for (const [at, letter] of LETTERS.entries())
  console.log(`${String(await (await handles[at + 1]?.done)?.value)} words begin with ${letter}`);
console.log(`${(await handles.at(-1)?.done)?.stdout.trim()} words in all`);
await worker.stop("all is counted");
