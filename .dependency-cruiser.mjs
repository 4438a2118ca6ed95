// Which part may import which. docs/ARCHITECTURE.md shows LAYERS as its table; a test compares the two.

/** Folders of packages/core/src: what a file there may import besides its own folder. Tests are free. */
export const LAYERS = {
  model: [],
  files: ["model", "tasks", "workers", "transfers"],
  tasks: ["model", "files", "workers", "transfers"],
  workers: ["model", "files", "tasks", "transfers"],
  transfers: ["model", "files", "tasks", "workers"],
  libraries: ["model", "files", "tasks", "workers"],
  scheduling: ["model", "files", "tasks", "workers", "transfers", "libraries"],
  coordinator: ["model", "files", "tasks", "workers", "transfers", "libraries", "scheduling"],
  protocol: ["model", "files", "tasks", "workers"],
  transport: ["model", "protocol"],
  data: ["model", "files"],
  manager: [
    "model",
    "files",
    "tasks",
    "workers",
    "transfers",
    "libraries",
    "scheduling",
    "coordinator",
    "protocol",
    "transport",
    "data",
  ],
  executor: ["model", "tasks", "workers", "scheduling", "manager"],
  gateway: [
    "model",
    "files",
    "tasks",
    "workers",
    "libraries",
    "protocol",
    "transport",
    "manager",
    "executor",
  ],
};

/** Folders without clock, socket, disk or process: nothing of Node, no package. */
export const PURE = [
  "model",
  "files",
  "tasks",
  "workers",
  "transfers",
  "libraries",
  "scheduling",
  "coordinator",
];

/** Sub-paths of @taskvine/core that another package may import. */
export const SUB_PATHS = {
  worker: ["model", "protocol", "transport", "data"],
  "executor-dask": ["executor"],
  cli: ["index", "executor", "gateway", "model", "protocol", "transport", "data"],
};

/** Packages that only one folder may know. */
export const OWNED_PACKAGES = {
  zeromq: "packages/core/src/transport",
  protobufjs: "packages/core/src/protocol",
  axios: "packages/core/src/data",
  "tar-stream": "packages/core/src/data",
  commander: "packages/cli/src",
};

const CORE = "^packages/core/src";
const TEST = "\\.test(\\.kit)?\\.ts$";
const TESTING = "^packages/.+/testing/";
/** The published list of names of the sub-path ./model: sits above the nouns that it lists. */
const MODEL_LIST = `${CORE}/model/index\\.ts$`;

const layerRules = Object.entries(LAYERS).map(([layer, allowed]) => ({
  name: `layer-${layer}`,
  comment: `packages/core/src/${layer} may import ${allowed.length === 0 ? "nothing but itself" : allowed.join(", ")}`,
  severity: "error",
  from: { path: `${CORE}/${layer}/`, pathNot: [TEST, TESTING, MODEL_LIST] },
  to: { path: `${CORE}/`, pathNot: [`${CORE}/(${[layer, ...allowed].join("|")})/`] },
}));

const ownedRules = Object.entries(OWNED_PACKAGES).map(([name, home]) => ({
  name: `package-${name}`,
  comment: `only ${home} may import ${name}`,
  severity: "error",
  from: { path: "^packages/", pathNot: [`^${home}/`, TEST, TESTING] },
  to: { path: `(^|/)node_modules/${name}/` },
}));

const subPathRules = Object.entries(SUB_PATHS).map(([name, paths]) => ({
  name: `sub-paths-${name}`,
  comment: `packages/${name} may import of @taskvine/core: ${paths.join(", ")}`,
  severity: "error",
  from: { path: `^packages/${name}/src/`, pathNot: TEST },
  to: {
    path: "^packages/core/dist/",
    pathNot: paths.map(
      (path) => `^packages/core/dist/${path === "index" ? "index" : `${path}/index`}\\.(d\\.ts|js)$`,
    ),
  },
}));

const pureFolders = `${CORE}/(${PURE.join("|")})/|^packages/worker/src/machine/`;

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "no-cycles",
      comment: "files that import each other in a circle, types included",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    ...layerRules,
    ...ownedRules,
    ...subPathRules,
    {
      name: "pure-of-node",
      comment: "pure layers import nothing of Node; files/cache-name.ts may have node:crypto",
      severity: "error",
      from: { path: pureFolders, pathNot: [TEST, `${CORE}/files/cache-name\\.ts$`] },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "pure-of-node-cache-name",
      comment: "files/cache-name.ts may have node:crypto and nothing else of Node",
      severity: "error",
      from: { path: `${CORE}/files/cache-name\\.ts$` },
      to: { dependencyTypes: ["core"], pathNot: "^(node:)?crypto$" },
    },
    {
      name: "pure-of-packages",
      comment: "pure layers import no package",
      severity: "error",
      from: { path: pureFolders, pathNot: TEST },
      to: { path: "(^|/)node_modules/" },
    },
    {
      name: "generated-wire",
      comment: "only protocol/ and the codec of the gateway know the generated code",
      severity: "error",
      from: { path: "^(packages|test|bench|examples)/", pathNot: `${CORE}/(protocol|gateway/codec)/` },
      to: { path: `${CORE}/protocol/gen/` },
    },
    {
      name: "model-list",
      comment: "inside core, import the file itself and not the published list model/index.ts",
      severity: "error",
      from: { path: `${CORE}/`, pathNot: [TEST, TESTING] },
      to: { path: MODEL_LIST },
    },
    {
      name: "no-testing-in-product",
      comment: "testing/ is for tests, benches and plugin authors; product code never imports it",
      severity: "error",
      from: { path: "^(packages|examples)/", pathNot: [TEST, TESTING] },
      to: { path: [TESTING, TEST] },
    },
    {
      name: "no-deep-imports",
      comment: "another package is imported by its name, never by a path into it",
      severity: "error",
      from: { path: "^(packages/[^/]+|test|bench|examples)/" },
      to: { path: "^packages/[^/]+/src/", pathNot: "^$1/src/" },
    },
    {
      name: "no-product-imports-of-development",
      comment: "packages/ may not need test/, bench/, examples/ or a development dependency",
      severity: "error",
      from: { path: "^packages/", pathNot: [TEST, TESTING] },
      to: { path: "^(test|bench|examples)/" },
    },
    {
      name: "no-development-dependency",
      comment: "product code needs only the dependencies of its package.json",
      severity: "error",
      from: { path: "^packages/", pathNot: [TEST, TESTING] },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg"], pathNot: "^packages/" },
    },
    {
      name: "resolvable",
      comment: "the import leads nowhere (not built? not in dependencies?)",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: ["node_modules", "^packages/[^/]+/dist/"] },
    exclude: { path: ["^(test|bench|examples)/dist/"] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "node", "default"],
      extensions: [".ts", ".js", ".mjs", ".cjs", ".json"],
    },
    progress: { type: "none" },
  },
};
