// A bare loop of spawns, so many at a time: prints the seconds that it took.
import { spawn } from "node:child_process";
import { once } from "node:events";

const [count = 0, parallel = 1] = process.argv.slice(2).map(Number);
let next = 0;

async function lane(): Promise<void> {
  while (next < count) {
    next += 1;
    await once(spawn("/bin/sh", ["-c", "true"], { stdio: "ignore" }), "exit");
  }
}

const begun = performance.now();
await Promise.all(Array.from({ length: parallel }, lane));
process.stdout.write(String((performance.now() - begun) / 1000));
