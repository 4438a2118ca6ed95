// What the tasks of the quickstart run: `node count.mjs count|merge|top …`. Needs nothing but Node.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Comments, strings and numbers are matched so that nothing in them counts; the group is an identifier. */
const TOKEN =
  /\/\/[^\n]*|\/\*[^]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\d[\w.]*|([\p{L}_$][\p{L}\p{N}_$]*)/gu;

const RESERVED = new Set(
  (
    "abstract any as async await boolean break case catch class const continue debugger declare default delete do else " +
    "enum export extends false finally for from function get if implements import in instanceof interface is keyof let " +
    "module namespace never new null number object of package private protected public readonly require return set " +
    "static string super switch symbol this throw true try type typeof undefined unknown var void while with yield"
  ).split(" "),
);

type Counts = Map<string, number>;

function add(counts: Counts, name: string, times: number): void {
  counts.set(name, (counts.get(name) ?? 0) + times);
}

function countIn(folder: string, list: string): Counts {
  const counts: Counts = new Map();
  for (const path of readFileSync(list, "utf8").trim().split("\n")) {
    for (const [, name] of readFileSync(join(folder, path), "utf8").matchAll(TOKEN)) {
      if (name !== undefined && !RESERVED.has(name)) add(counts, name, 1);
    }
  }
  return counts;
}

function merge(files: readonly string[]): Counts {
  const counts: Counts = new Map();
  for (const file of files) {
    for (const line of readFileSync(file, "utf8").trim().split("\n")) {
      const [name = "", times] = line.split("\t");
      add(counts, name, Number(times));
    }
  }
  return counts;
}

function sorted(counts: Counts): [name: string, times: number][] {
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}

function print(counts: Counts): void {
  process.stdout.write(
    sorted(counts)
      .map(([name, times]) => `${name}\t${times}\n`)
      .join(""),
  );
}

function printTop(counts: Counts, most: number): void {
  let total = 0;
  for (const times of counts.values()) total += times;
  const top = sorted(counts).slice(0, most);
  process.stdout.write(JSON.stringify({ total, distinct: counts.size, top }));
}

const [verb, ...words] = process.argv.slice(2);
if (verb === "count") print(countIn(words[0] ?? "", words[1] ?? ""));
else if (verb === "merge") print(merge(words));
else if (verb === "top") printTop(merge(words.slice(1)), Number(words[0]));
else throw new Error(`count.mjs knows no ${verb}`);
