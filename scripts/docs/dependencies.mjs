import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { ROOT } from "../house/paths.mjs";
import { Problem } from "../house/say.mjs";

/** Why each runtime dependency is worth having. A new one comes with its line here. */
const REASONS = {
  "@peculiar/x509":
    "Makes the self-signed certificate of a data server; Node can use certificates but not make them.",
  axios: "HTTP for URLs of users: redirects, proxies from the environment, streaming, aborting.",
  commander: "The command line of `vine`: options, help, errors.",
  "import-meta-resolve": "Finds an executor's package beside the user's program, by the rules of ES modules.",
  piscina:
    "Worker threads for hashing, unpacking and functions in JavaScript, so that no event loop waits for them.",
  protobufjs: "The wire format: numbers that are never reused, fields that older peers skip.",
  "reflect-metadata": "Needed by @peculiar/x509 before it is loaded.",
  "tar-stream": "Tar as streams: trees are packed, sent and unpacked without a temporary file.",
  yauzl: "Zip archives, read from their central directory without loading them.",
  zeromq: "The control link: one socket for thousands of workers, CURVE encryption, reconnection.",
  zstddec: "Zstandard archives on Node versions without zstd of their own.",
};

function bytesUnder(folder) {
  let total = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) total += bytesUnder(path);
    else if (entry.isFile()) total += statSync(path).size;
  }
  return total;
}

function manifests() {
  return readdirSync(resolve(ROOT, "packages"))
    .map((name) => ({ home: resolve(ROOT, "packages", name) }))
    .filter(({ home }) => existsSync(join(home, "package.json")))
    .map(({ home }) => ({ ...JSON.parse(readFileSync(join(home, "package.json"), "utf8")), home }));
}

/** Where a package finds a dependency: its own node_modules before the shared one. */
function installedAt(name, home) {
  const own = join(home, "node_modules", name);
  return existsSync(own) ? own : resolve(ROOT, "node_modules", name);
}

function row(name, users) {
  if (REASONS[name] === undefined)
    throw new Problem(`Say in scripts/docs/dependencies.mjs why ${name} is needed.`);
  const folder = installedAt(name, users[0].home);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const size = Math.max(0.1, bytesUnder(folder) / 1e6).toFixed(1);
  const by = users.map((user) => user.name).join(", ");
  return `| ${name} | ${version} | ${license} | ${size} MB | ${by} | ${REASONS[name]} |`;
}

/** The runtime dependencies of all packages, from their package.json files and what is installed. */
export function dependenciesBlock() {
  const all = manifests();
  const own = new Set(all.map((manifest) => manifest.name));
  const users = new Map();
  for (const manifest of all) {
    for (const name of Object.keys(manifest.dependencies ?? {})) {
      if (!own.has(name)) users.set(name, [...(users.get(name) ?? []), manifest]);
    }
  }
  const stale = Object.keys(REASONS).find((name) => !users.has(name));
  if (stale !== undefined)
    throw new Problem(`${stale} is no dependency any more: take it out of scripts/docs/dependencies.mjs.`);
  const rows = [...users.keys()].sort().map((name) => row(name, users.get(name)));
  return [
    "| package | version | licence | size | used by | why |",
    "|---|---|---|---|---|---|",
    ...rows,
  ].join("\n");
}
