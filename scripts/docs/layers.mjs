import { LAYERS, PURE } from "../../.dependency-cruiser.mjs";

/** What each folder of packages/core/src is for. */
const ROLES = {
  model: "nouns without behaviour: ids, resources, limits, errors",
  files: "what a file is, its cache name, its place in a sandbox",
  tasks: "what a task is, its states, its result",
  workers: "what a worker offers and has in use",
  transfers: "copies wanted and in flight, and from where",
  libraries: "what a library is, its instances, which of them take calls",
  scheduling: "which task goes where, with how much, and why",
  coordinator: "event in, effects out: the manager's mind",
  protocol: "wire messages to and from plain objects; versions; frames",
  transport: "authenticated links that carry bytes",
  data: "digests, trees, archives, data server, fetching",
  manager: "the public API and the body: sockets, clock, disk, log",
  executor: "the interface of executors, their loader, and our first one",
  gateway: "the manager's second face, for programs in other processes",
};

/** The table of layers, from the rules that `npm run check` enforces. */
export function layersBlock() {
  const rows = Object.entries(LAYERS).map(
    ([layer, allowed]) =>
      `| \`${layer}\` | ${ROLES[layer] ?? "?"} | ${allowed.join(", ") || "–"} | ${PURE.includes(layer) ? "yes" : ""} |`,
  );
  return ["| folder | what it is for | may import | pure |", "|---|---|---|---|", ...rows].join("\n");
}
