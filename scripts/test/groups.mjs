import { readdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { ROOT } from "../house/paths.mjs";

/** In the order in which they run. `parallel`: its groups may run beside each other. `per`: what a group is. */
export const PHASES = [
  { name: "unit", parallel: true, per: "folder" },
  { name: "house", parallel: true, per: "file" },
  { name: "simulation", parallel: true, per: "file" },
  { name: "stories", parallel: false, per: "file" },
  { name: "python", parallel: false, per: "file" },
];

const SKIPPED = new Set(["node_modules", "dist"]);

/** Folders that hold tests. */
const HOMES = ["packages", "bench", "test"];

function* testSources(folder) {
  for (const entry of readdirSync(resolve(ROOT, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!SKIPPED.has(entry.name)) yield* testSources(path);
    } else if (entry.name.endsWith(".test.ts") || /^test_.*\.py$/.test(entry.name)) yield path;
  }
}

function phaseOf(source) {
  if (isPython(source)) return "python";
  if (!source.startsWith("test/")) return "unit";
  const folder = source.split("/")[1];
  return folder === "simulation" || folder === "house" ? folder : "stories";
}

function isPython(source) {
  return source.endsWith(".py");
}

/** packages/core/src/data/x.test.ts → packages/core/dist/data/x.test.js; test/stories/x.test.ts → test/dist/stories/x.test.js */
export function builtFile(source) {
  if (isPython(source)) return source;
  const built = source.replace(/\.ts$/, ".js");
  return built.startsWith("packages/") ? built.replace("/src/", "/dist/") : built.replace("/", "/dist/");
}

/** What a user may type for a test: its source, its built file, or a folder of either. */
function asSource(path) {
  const inside = path.startsWith("/") ? path.slice(ROOT.length + 1) : path.replace(/^\.\//, "");
  const source = inside.startsWith("packages/")
    ? inside.replace("/dist", "/src")
    : inside.replace("/dist", "");
  return source.replace(/\.js$/, ".ts").replace(/\/$/, "");
}

function groupName(source, phase) {
  const per = PHASES.find((known) => known.name === phase)?.per;
  const place = per === "file" ? source.replace(/\.test\.ts$|\.py$/, "") : dirname(source);
  return place.replace(/^packages\//, "").replace("/src", "");
}

/**
 * The tests to run, in groups: each is a process of its own, so that one which leaves something behind is known.
 * `paths` and `phases` narrow the choice; empty: everything.
 */
export function findGroups({ paths = [], phases = [] }) {
  const wanted = paths.map(asSource);
  const groups = new Map();
  for (const source of HOMES.flatMap((home) => [...testSources(home)]).sort()) {
    const phase = phaseOf(source);
    if (phases.length > 0 && !phases.includes(phase)) continue;
    if (wanted.length > 0 && !wanted.some((path) => source === path || source.startsWith(`${path}/`)))
      continue;
    const name = groupName(source, phase);
    const group = groups.get(name) ?? { name, phase, files: [], bytes: 0 };
    group.files.push(builtFile(source));
    group.bytes += statSync(resolve(ROOT, source)).size;
    groups.set(name, group);
  }
  return [...groups.values()];
}
