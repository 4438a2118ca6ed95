import { readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { SourceTarball } from "./source-tarball.js";

/** Earlier runs with the same input. */
export interface Past {
  readonly tarball: string;
  readonly runs: number;
  readonly firstMs: number;
}

const FILE = "past-runs.json";

export async function readPast(folder: string, tarball: SourceTarball): Promise<Past | undefined> {
  const text = await readFile(join(folder, FILE), "utf8").catch(() => undefined);
  const past = text === undefined ? undefined : (JSON.parse(text) as Past);
  return past?.tarball === basename(tarball.path) ? past : undefined;
}

export async function notePast(
  folder: string,
  tarball: SourceTarball,
  run: { before?: Past | undefined; wallMs: number },
): Promise<void> {
  const { before, wallMs } = run;
  const past: Past = {
    tarball: basename(tarball.path),
    runs: (before?.runs ?? 0) + 1,
    firstMs: before?.firstMs ?? wallMs,
  };
  await writeFile(join(folder, FILE), JSON.stringify(past));
}
