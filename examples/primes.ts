// A library in C, compiled by a task at a worker: what the task makes is an input of the library, which then answers calls.
// Any program that can open a socket can be a library: see primes.c and docs/LIBRARY-PROTOCOL.md. Needs a C compiler (cc).
import { fileURLToPath } from "node:url";
import { FunctionCall, Library, Manager, Task } from "@taskvine/core";
import { startWorker } from "@taskvine/worker";

const SOURCE = fileURLToPath(new URL("../primes.c", import.meta.url));

await using m = await Manager.start();
const worker = await startWorker({
  manager: { type: "file", path: m.connectionFile },
  resources: { cores: 2 },
});

const program = m.declareTemp();
m.submit(
  new Task("cc -O1 -o primes primes.c").input(m.declareFile(SOURCE), "primes.c").output(program, "primes"),
);
const primes = m.declareLibrary(
  new Library("primes", "exec ./primes").input(program, "primes").functions("count").cores(1),
);

const numbers = [10, 1_000, 1_000_000, 10_000_000, 10_000_001];
const handles = m.submitAll(numbers.map((n) => new FunctionCall(primes, "count", [n])));
for (const [at, handle] of handles.entries()) {
  const result = await handle.done;
  const words = result.code === "success" ? String(await result.value) : result.message;
  console.log(`primes below ${numbers[at]}: ${words}`);
}
await worker.stop("all calls are answered");
