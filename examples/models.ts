// Twenty standard tasks each train a model of handwritten digits; each model becomes a library as soon as it is there, and
// answers ten calls. No model comes here. All is submitted at once: calls begin with the first model, and go faster with
// every library that comes up, which the table shows second by second.
import { FunctionCall, javascriptLibrary, Manager, Task } from "@taskvine/core";
import { startWorker } from "@taskvine/worker";

const MODELS = 20;
const CALLS = 10;
const DIGITS_IN_A_CALL = 50;
/** Added to each call: what a larger model would take. */
const THOUGHT_MS = 400;
const GOOD = 0.8;
const NODE = JSON.stringify(process.execPath);

/** Runs at the workers: digits of 8 × 8 dots, written by an unsteady hand. The same ones for the same seed. */
const DIGITS = `
  const SHAPES = "7e8185899181427e 0818280808083e00 3c42020c30407e00 7c021c0202027c00 0818284878080800".split(" ")
    .concat("7e40407c02027c00 3c40407c42423c00 7e02040810101000 3c42423c42423c00 3c42423e02023c00".split(" "))
    .map((hex) => [...hex].flatMap((nibble) => [8, 4, 2, 1].map((bit) => (parseInt(nibble, 16) & bit ? 1 : 0))));

  export function write(count, seed) {
    let state = seed * 7919 + 17;
    const chance = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
    return Array.from({ length: count }, () => {
      const digit = Math.floor(chance() * 10);
      return { digit, dots: SHAPES[digit].map((dot) => dot + 1.6 * (chance() - 0.5)) };
    });
  }
`;

/** The model: the mean of each digit. */
const TRAIN = `
  import { write } from "./digits.mjs";
  const sums = Array.from({ length: 10 }, () => ({ count: 0, dots: new Array(64).fill(0) }));
  for (const { digit, dots } of write(20_000, Number(process.argv[2]))) {
    sums[digit].count += 1;
    dots.forEach((dot, at) => (sums[digit].dots[at] += dot));
  }
  console.log(JSON.stringify(sums.map(({ count, dots }) => dots.map((dot) => dot / count))));
`;

/** The library: loads the model once, and tells which part of some digits it knows. */
const LIBRARY = `
  import { readFileSync } from "node:fs";
  import { write } from "./digits.mjs";
  const means = JSON.parse(readFileSync("model.json", "utf8"));

  export async function known(count, seed, thoughtMs) {
    await new Promise((resolve) => setTimeout(resolve, thoughtMs));
    const distance = (mean, dots) => mean.reduce((sum, dot, at) => sum + (dot - dots[at]) ** 2, 0);
    const guess = (dots) => means.map((mean) => distance(mean, dots)).reduce((best, one, at, all) => (one < all[best] ? at : best), 0);
    return write(count, seed).filter(({ digit, dots }) => guess(dots) === digit).length / count;
  }
`;

interface Answer {
  readonly model: number;
  readonly accuracy: number;
  readonly second: number;
}

/** What is on its way. */
interface Submitted {
  /** In which second each model was trained. */
  readonly trained: Promise<number>[];
  readonly answers: Promise<Answer>[];
}

/** The whole workflow at once. */
function submitAll(m: Manager): Submitted {
  const digits = m.declareBuffer(DIGITS);
  const trainer = m.declareBuffer(TRAIN);
  const beginning = performance.now();
  const second = (): number => Math.floor((performance.now() - beginning) / 1_000);
  const trainedIn: Promise<number>[] = [];
  const answers: Promise<Answer>[] = [];
  for (let model = 0; model < MODELS; model += 1) {
    const trained = m.declareTemp();
    const task = new Task(`exec ${NODE} train.mjs ${model} > model.json`)
      .input(trainer, "train.mjs")
      .input(digits, "digits.mjs")
      .output(trained, "model.json")
      .cores(1);
    const library = javascriptLibrary(`model-${model}`, { source: LIBRARY })
      .input(digits, "digits.mjs")
      .input(trained, "model.json")
      .cores(0.1)
      .maxInstances(1);
    const handle = m.declareLibrary(library);
    trainedIn.push(m.submit(task).done.then((result) => (result.check(), second())));
    const calls = Array.from({ length: CALLS }, (_, at) => {
      return new FunctionCall(handle, "known", [DIGITS_IN_A_CALL, 1_000 + at, THOUGHT_MS]);
    });
    for (const { done } of m.submitAll(calls)) {
      answers.push(
        done.then(async (result) => {
          const accuracy = (await result.check().value) as number;
          return { model, accuracy, second: second() };
        }),
      );
    }
  }
  return { trained: trainedIn, answers };
}

/** A line a second: models and libraries that have come up until then, answers, and a bar; then the best second. */
function printRate(trained: readonly number[], answers: readonly Answer[]): void {
  const wide = (count: number, width: number): string => String(count).padStart(width);
  const last = Math.max(...answers.map(({ second }) => second));
  let best = { count: 0, up: 0 };
  for (let second = 0; second <= last; second += 1) {
    const models = trained.filter((one) => one <= second).length;
    const up = new Set(answers.filter((answer) => answer.second <= second).map(({ model }) => model)).size;
    const count = answers.filter((answer) => answer.second === second).length;
    if (count > best.count) best = { count, up };
    const line = [`second ${wide(second, 3)}:`, `${wide(models, 2)} models,`, `${wide(up, 2)} libraries,`];
    console.error(...line, `${wide(count, 3)} answers/s`, "#".repeat(Math.ceil(count / 2)));
  }
  const alone = 1_000 / THOUGHT_MS;
  console.error(`at best ${best.count} answers/s, from ${best.up} libraries; one alone gives ${alone}/s`);
}

await using m = await Manager.start();
const worker = await startWorker({
  manager: { type: "file", path: m.connectionFile },
  resources: { cores: 4 },
});
const submitted = submitAll(m);
const [trained, answers] = await Promise.all([
  Promise.all(submitted.trained),
  Promise.all(submitted.answers),
]);
printRate(trained, answers);
const good = answers.filter(({ accuracy }) => accuracy >= GOOD).length;
console.log(`${trained.length} models trained, ${good} of ${answers.length} answers know the digits`);
await worker.stop("all calls are answered");
