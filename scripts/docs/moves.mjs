import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "../house/paths.mjs";
import { Problem } from "../house/say.mjs";

function* sources(folder) {
  for (const entry of readdirSync(resolve(ROOT, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (entry.name.endsWith(".ts") && !entry.name.includes(".test.")) yield path;
  }
}

/** Every table of moves in product code, as "path NAME". */
export function findMoveTables() {
  const packages = readdirSync(resolve(ROOT, "packages"));
  return packages.flatMap((name) =>
    [...sources(`packages/${name}/src`)].flatMap((path) => {
      const text = readFileSync(resolve(ROOT, path), "utf8");
      return [...text.matchAll(/^export const ([A-Z_]+_MOVES)\b/gm)].map((match) => `${path} ${match[1]}`);
    }),
  );
}

/** [from, to, when] for a table of lists, or of { to: when }. */
function movesOf(table) {
  return Object.entries(table).flatMap(([from, to]) =>
    Array.isArray(to)
      ? to.map((state) => [from, state])
      : Object.entries(to).map(([state, when]) => [from, state, when]),
  );
}

/**
 * A table of moves as a drawing, and as a list where it says what causes them. It starts at the states that nothing leads
 * to (else at the first), and ends at those that lead nowhere.
 */
export function drawMoves(table) {
  const moves = movesOf(table);
  const states = [...new Set([...Object.keys(table), ...moves.map(([, to]) => to)])];
  const id = (state) => state.replaceAll(/[^A-Za-z0-9]/g, "_");
  const named = states
    .filter((state) => id(state) !== state)
    .map((state) => `  state "${state}" as ${id(state)}`);
  const entered = states.filter((state) => !moves.some(([, to]) => to === state));
  const starts = (entered.length > 0 ? entered : states.slice(0, 1)).map((state) => `  [*] --> ${id(state)}`);
  const arrows = moves.map(([from, to]) => `  ${id(from)} --> ${id(to)}`);
  const last = states.filter((state) => !moves.some(([from]) => from === state));
  const ends = last.map((state) => `  ${id(state)} --> [*]`);
  const drawing = ["```mermaid", "stateDiagram-v2", ...named, ...starts, ...arrows, ...ends, "```"];
  const told = moves.filter(([, , when]) => when !== undefined);
  if (told.length === 0) return drawing.join("\n");
  const rows = told.map(([from, to, when]) => `| ${from} | ${to} | ${when} |`);
  return [...drawing, "", "| from | to | when |", "|---|---|---|", ...rows].join("\n");
}

/** `place`: "packages/core/src/tasks/task-state.ts TASK_MOVES" */
export async function movesBlock(place) {
  const [path, name] = place.split(" ");
  const built = resolve(ROOT, path.replace("/src/", "/dist/").replace(/\.ts$/, ".js"));
  const module = await import(pathToFileURL(built).href).catch(() => ({}));
  if (module[name] === undefined)
    throw new Problem(`docs/STATES.md shows ${place}, which does not exist (or is not built).`);
  return drawMoves(module[name]);
}
