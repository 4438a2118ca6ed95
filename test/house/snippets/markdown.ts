import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The repository's root, seen from test/dist/house/snippets. */
export const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));

/** What a run must print. `anyOrder`: its lines may come in any. `…` stands for any text, alone on a line for any lines. */
export interface Expected {
  readonly text: string;
  readonly anyOrder: boolean;
}

/** A fenced block of a document. */
export interface Snippet {
  /** "README.md:34" */
  readonly place: string;
  readonly language: string;
  readonly code: string;
  /** From `<!-- snippet: … -->` before it; "" without. */
  readonly setup: string;
  /** The file of examples/ that it shows, when it does. */
  readonly example: string | undefined;
  /** What it prints: the text block right after it. */
  readonly expected: Expected | undefined;
}

interface Block {
  readonly line: number;
  readonly language: string;
  readonly code: string;
  /** The comment right before it. */
  readonly comment: string;
  /** Nothing but blank lines between it and the block before. */
  readonly adjoins: boolean;
}

/** Documents whose blocks are run. */
export function documents(): string[] {
  const inDocs = readdirSync(`${ROOT}docs`).filter((name) => name.endsWith(".md"));
  return ["README.md", "CONTRIBUTING.md", ...inDocs.map((name) => `docs/${name}`)];
}

function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  const lines = text.split("\n");
  let comment = "";
  let adjoins = false;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    const opening = /^```(\S*)$/.exec(line);
    if (opening === null) {
      const said = /^<!-- (.*) -->$/.exec(line);
      if (said !== null) comment = said[1] === "end" ? "" : (said[1] ?? "");
      else if (line.trim() !== "") [comment, adjoins] = ["", false];
      continue;
    }
    const end = lines.indexOf("```", at + 1);
    blocks.push({
      line: at + 1,
      language: opening[1] ?? "",
      code: lines.slice(at + 1, end).join("\n"),
      comment,
      adjoins,
    });
    [at, comment, adjoins] = [end, "", true];
  }
  return blocks;
}

function expectedOf(next: Block | undefined): Expected | undefined {
  if (next?.language !== "text" || !next.adjoins) return undefined;
  return { text: next.code, anyOrder: next.comment.includes("in any order") };
}

/** All blocks of a document, with what is said about running them. */
export function snippetsOf(file: string): Snippet[] {
  const blocks = blocksOf(readFileSync(`${ROOT}${file}`, "utf8"));
  return blocks.map((block, index) => {
    const example = /^gen: example (\S+)$/.exec(block.comment)?.[1];
    const named = blocks.find(
      (other) => example !== undefined && other.comment.startsWith(`output: ${example}`),
    );
    const expected =
      named === undefined
        ? expectedOf(blocks[index + 1])
        : { text: named.code, anyOrder: named.comment.includes("in any order") };
    return {
      place: `${file}:${block.line}`,
      language: block.language,
      code: block.code,
      setup: /^snippet: (.*)$/.exec(block.comment)?.[1] ?? "",
      example,
      expected,
    };
  });
}
