import tseslint from "typescript-eslint";

const TESTS = ["**/*.test.ts", "**/*.test.kit.ts", "test/**/*.ts"];
/** Synchronous code without clock, timer, promise, process or chance of its own: time and randomness come in. */
const PURE = [
  ...["model", "files", "tasks", "workers", "transfers", "scheduling", "coordinator"].map(
    (layer) => `packages/core/src/${layer}/**/*.ts`,
  ),
  "packages/worker/src/machine/**/*.ts",
];
/** Code that runs before anything else is built: plain JavaScript. */
const SCRIPTS = ["**/*.mjs", "**/*.cjs", "packages/cli/bin/*.js"];

const NODE_GLOBALS = [
  "process",
  "URL",
  "console",
  "performance",
  "setTimeout",
  "clearTimeout",
  "require",
  "module",
];

const pureGlobals = {
  setTimeout: "timers belong to the body",
  setInterval: "timers belong to the body",
  setImmediate: "timers belong to the body",
  queueMicrotask: "the pure layers are synchronous",
  process: "the pure layers know of no process",
  Promise: "the pure layers are synchronous",
  performance: "time comes in as an argument",
  fetch: "the pure layers know of no network",
};

const pureSyntax = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: "Time comes in as an argument.",
  },
  {
    selector:
      "FunctionDeclaration[async=true], FunctionExpression[async=true], ArrowFunctionExpression[async=true]",
    message: "The pure layers are synchronous.",
  },
  { selector: "AwaitExpression", message: "The pure layers are synchronous." },
];

const housePlain = [
  { selector: "ExportDefaultDeclaration", message: "Export by name." },
  { selector: "ExportAllDeclaration", message: "Export by name: what is public is listed." },
  { selector: "TSEnumDeclaration", message: "Use a union of words, or an `as const` table." },
];

const sizes = {
  "max-lines": ["error", { max: 350, skipBlankLines: true, skipComments: true }],
  "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
  "max-params": ["error", 4],
  "max-depth": ["error", 3],
  // A switch counts as one: an exhaustive one is easier to read than what would replace it.
  complexity: ["error", { max: 12, variant: "modified" }],
};

export default tseslint.config(
  {
    ignores: [
      "**/dist/**",
      "**/node_modules/**",
      "packages/core/src/protocol/gen/**",
      ".cache/**",
      "docs/api/**",
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.ts"],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...sizes,
      eqeqeq: "error",
      "no-restricted-syntax": ["error", ...housePlain],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Numbers and booleans in a sentence for people are what they look like.
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // A public contract may say `readonly` where a method's `this` is not used.
      "@typescript-eslint/unbound-method": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
    },
  },
  {
    files: PURE,
    ignores: TESTS,
    rules: {
      "no-restricted-globals": [
        "error",
        ...Object.entries(pureGlobals).map(([name, message]) => ({ name, message })),
      ],
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now", message: "Time comes in as an argument." },
        { object: "Math", property: "random", message: "Chance comes in as an argument." },
      ],
      "no-restricted-syntax": ["error", ...housePlain, ...pureSyntax],
    },
  },
  {
    files: TESTS,
    rules: {
      "max-lines-per-function": "off",
      "@typescript-eslint/no-unused-expressions": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/require-await": "off",
    },
  },
  {
    files: SCRIPTS,
    languageOptions: { globals: Object.fromEntries(NODE_GLOBALS.map((name) => [name, "readonly"])) },
    rules: { ...sizes, eqeqeq: "error", "no-undef": "error", "no-unused-vars": "error" },
  },
);
