import { parseArgs } from "node:util";
import { parseBytes } from "@taskvine/core/model";
import { BENCH_NAMES, type BenchName, loadBench } from "./catalog.js";
import type { BenchOptions } from "./row.js";
import { printTable } from "./table.js";

interface Request {
  readonly names: readonly BenchName[];
  readonly json: boolean;
  readonly quick: boolean;
  readonly bytes: number | undefined;
}

/** Reads the command line: names, --json, --quick, --size 1GB. Throws a sentence where it cannot. */
function parse(words: readonly string[]): Request {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      json: { type: "boolean", default: false },
      quick: { type: "boolean", default: false },
      size: { type: "string" },
    },
  });
  return {
    names: positionals.length === 0 ? BENCH_NAMES : positionals.map(benchName),
    json: values.json,
    quick: values.quick,
    bytes: values.size === undefined ? undefined : parseBytes(values.size, "--size"),
  };
}

function benchName(word: string): BenchName {
  const name = BENCH_NAMES.find((known) => known === word);
  if (name === undefined)
    throw new Error(`there is no bench "${word}"; choose from ${BENCH_NAMES.join(", ")}`);
  return name;
}

async function runOne(name: BenchName, { json, quick, bytes }: Request): Promise<void> {
  const options: BenchOptions = {
    quick,
    ...(bytes === undefined ? {} : { bytes }),
    say: json ? () => undefined : (line) => process.stderr.write(`  ${line}\n`),
  };
  const run = await loadBench(name);
  if (!json) process.stdout.write(`\n${name}\n`);
  const rows = await run(options);
  if (json) process.stdout.write(`${JSON.stringify({ bench: name, rows })}\n`);
  else printTable(rows);
}

function readRequest(): Request | undefined {
  try {
    return parse(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
    return undefined;
  }
}

async function main(): Promise<void> {
  const request = readRequest();
  if (request === undefined) return;
  for (const name of request.names) {
    try {
      await runOne(name, request);
    } catch (error) {
      process.exitCode = 1;
      process.stderr.write(
        `bench ${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
      );
    }
  }
}

await main();
