import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { difference } from "./snippets/compare.js";
import { documents, ROOT, type Snippet, snippetsOf } from "./snippets/markdown.js";
import { appears, clearStage, compile, makeStage, type Played, play, workerBeside } from "./snippets/play.js";

/** Programs in Python are run by packages/core/python/tests/test_documents.py. */
const NOT_HERE = new Set(["text", "mermaid", "json", "python"]);
const PATIENCE_MS = 240_000;

function mustHold(snippet: Snippet, played: Played): void {
  expect(played.code, `exit code; it printed:\n${played.printed}${played.complained}`).to.equal(0);
  if (snippet.expected !== undefined)
    expect(difference(played.printed, snippet.expected)).to.equal(undefined);
}

async function playProgram(snippet: Snippet, stage: string): Promise<void> {
  const program = await compile(snippet.code, stage);
  const { ended } = play([process.execPath, program], stage);
  const over = new AbortController();
  const worker =
    snippet.setup === "worker" ? workerBeside(stage, over.signal).catch(() => undefined) : undefined;
  const played = await ended;
  over.abort();
  mustHold(snippet, played);
  expect((await worker)?.code ?? 0, "exit code of the worker").to.equal(0);
}

/** A command that a reader types in a second terminal, while a program of the same document runs in the first. */
async function playBeside(snippet: Snippet, program: Snippet, stage: string): Promise<void> {
  const first = play([process.execPath, await compile(program.code, stage)], stage);
  const ready = new AbortController();
  void first.ended.then(() => ready.abort());
  await appears(join(stage, "vine.json"), ready.signal);
  const second = await play(["bash", "-euo", "pipefail", "-c", snippet.code], stage).ended;
  mustHold(program, await first.ended);
  mustHold(snippet, second);
}

async function playShell(snippet: Snippet, stage: string): Promise<void> {
  const cwd = snippet.setup === "in=repository" ? ROOT : stage;
  mustHold(snippet, await play(["bash", "-euo", "pipefail", "-c", snippet.code], cwd).ended);
}

async function playConsole(snippet: Snippet, stage: string): Promise<void> {
  const parts = snippet.code.split(/^\$ /m).filter((part) => part.trim() !== "");
  for (const part of parts) {
    const [command = "", ...shown] = part.split("\n");
    const played = await play(["bash", "-uo", "pipefail", "-c", command], stage).ended;
    const text = shown.join("\n").trim();
    if (text !== "")
      expect(difference(played.printed + played.complained, { text, anyOrder: false })).to.equal(undefined);
  }
}

async function playSnippet(snippet: Snippet, all: readonly Snippet[]): Promise<void> {
  const stage = makeStage();
  try {
    const beside = /^beside (\S+)$/.exec(snippet.setup)?.[1];
    const program = all.find((other) => beside !== undefined && other.example === beside);
    if (program !== undefined) await playBeside(snippet, program, stage);
    else if (snippet.language === "ts") await playProgram(snippet, stage);
    else if (snippet.language === "sh") await playShell(snippet, stage);
    else if (snippet.language === "console") await playConsole(snippet, stage);
    else expect.fail(`nobody knows how to run a block of ${snippet.language || "no language"}`);
  } finally {
    clearStage(stage);
  }
}

/** A program that a command of the same document is run beside is run there. */
function runsByItself(snippet: Snippet, all: readonly Snippet[]): boolean {
  return (
    snippet.example === undefined || !all.some((other) => other.setup === `beside ${snippet.example ?? ""}`)
  );
}

describe("what the documentation shows", function () {
  this.timeout(PATIENCE_MS);

  for (const file of documents().filter((name) => existsSync(`${ROOT}${name}`))) {
    const all = snippetsOf(file);
    for (const snippet of all) {
      if (NOT_HERE.has(snippet.language) || snippet.setup.startsWith("not run: ")) continue;
      if (!runsByItself(snippet, all)) continue;
      it(`works as it stands at ${snippet.place}`, () => playSnippet(snippet, all));
    }
  }
});
