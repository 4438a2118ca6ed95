import { BENCH_NAMES, loadBench } from "./catalog.js";
import type { BenchOptions } from "./row.js";
import { printTable } from "./table.js";

interface Request {
  readonly names: readonly string[];
  readonly json: boolean;
}

/** Reads the command line; a sentence where it cannot. */
function parse(words: readonly string[]): Request | string {
  const json = words.includes("--json");
  const names = words.filter((word) => word !== "--json");
  const unknown = names.find((name) => !BENCH_NAMES.some((known) => known === name));
  if (unknown !== undefined) return `there is no bench "${unknown}"; choose from ${BENCH_NAMES.join(", ")}`;
  return { names: names.length === 0 ? BENCH_NAMES : names, json };
}

async function runOne(name: string, json: boolean): Promise<void> {
  const options: BenchOptions = {
    say: json ? () => undefined : (line) => process.stderr.write(`  ${line}\n`),
  };
  const run = await loadBench(name);
  if (!json) process.stdout.write(`\n${name}\n`);
  const rows = await run(options);
  if (json) process.stdout.write(`${JSON.stringify({ bench: name, rows })}\n`);
  else printTable(rows);
}

async function main(): Promise<void> {
  const request = parse(process.argv.slice(2));
  if (typeof request === "string") {
    process.stderr.write(`bench: ${request}\n`);
    process.exitCode = 2;
    return;
  }
  for (const name of request.names) {
    try {
      await runOne(name, request.json);
    } catch (error) {
      process.exitCode = 1;
      process.stderr.write(
        `bench ${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
      );
    }
  }
}

await main();
