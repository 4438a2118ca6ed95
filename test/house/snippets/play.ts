import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { watch } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "./markdown.js";

/** How a program ended, and what it printed. */
export interface Played {
  readonly code: number | null;
  readonly printed: string;
  readonly complained: string;
}

/** A folder inside the repository, where `npx vine` and imports find what is installed here. */
export function makeStage(): string {
  const home = join(ROOT, ".cache/snippets");
  mkdirSync(home, { recursive: true });
  return mkdtempSync(join(home, "s-"));
}

export function clearStage(stage: string): void {
  rmSync(stage, { recursive: true, force: true });
}

/** Starts a program; resolves when it has ended. */
export function play(
  command: readonly string[],
  cwd: string,
): { readonly child: ChildProcess; readonly ended: Promise<Played> } {
  const [program = "", ...words] = command;
  const child = spawn(program, words, {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NO_COLOR: "1" },
  });
  let [printed, complained] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complained += text));
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, printed, complained }));
  return { child, ended };
}

/** Compiles a program of a document strictly, as a user would, and gives the file to run. */
export async function compile(code: string, stage: string): Promise<string> {
  writeFileSync(join(stage, "snippet.ts"), `${code}\n`);
  const settings = {
    extends: join(ROOT, "tsconfig.base.json"),
    compilerOptions: {
      rootDir: ".",
      outDir: ".",
      composite: false,
      incremental: false,
      declaration: false,
      sourceMap: false,
    },
    files: ["snippet.ts"],
  };
  writeFileSync(join(stage, "tsconfig.json"), JSON.stringify(settings));
  const { ended } = play([process.execPath, join(ROOT, "node_modules/typescript/bin/tsc"), "-p", "."], stage);
  const { code: status, printed } = await ended;
  if (status !== 0) throw new Error(`it does not compile:\n${printed}`);
  return join(stage, "snippet.js");
}

/** Resolves when the file is there. */
export async function appears(path: string, signal: AbortSignal): Promise<void> {
  const changes = watch(join(path, ".."), { signal });
  if (existsSync(path)) return;
  for await (const _change of changes) if (existsSync(path)) return;
}

/** Starts a worker in the stage, once the manager there has written its connection file. It ends with the manager. */
export async function workerBeside(stage: string, signal: AbortSignal): Promise<Played> {
  await appears(join(stage, "vine.json"), signal);
  const vine = join(ROOT, "packages/cli/bin/vine.js");
  return play(
    [process.execPath, vine, "worker", "--connection-file", "vine.json", "--single-shot", "--cores", "2"],
    stage,
  ).ended;
}
