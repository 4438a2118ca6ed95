import { parseArgs } from "node:util";
import { parseBytes } from "@taskvine/core/model";
import { BENCH_NAMES, loadBench } from "./catalog.js";
import type { BenchOptions } from "./row.js";
import { printTable } from "./table.js";

interface Request {
  readonly names: readonly string[];
  readonly json: boolean;
  readonly bytes: number | undefined;
}

/** Reads the command line: names, --json, --size 1GB. Throws a sentence where it cannot. */
function parse(words: readonly string[]): Request {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { json: { type: "boolean", default: false }, size: { type: "string" } },
  });
  const unknown = positionals.find((name) => !BENCH_NAMES.some((known) => known === name));
  if (unknown !== undefined)
    throw new Error(`there is no bench "${unknown}"; choose from ${BENCH_NAMES.join(", ")}`);
  return {
    names: positionals.length === 0 ? BENCH_NAMES : positionals,
    json: values.json,
    bytes: values.size === undefined ? undefined : parseBytes(values.size, "--size"),
  };
}

async function runOne(name: string, { json, bytes }: Request): Promise<void> {
  const options: BenchOptions = {
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
