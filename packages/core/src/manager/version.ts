import { createRequire } from "node:module";

interface PackageFacts {
  readonly version: string;
}

/** Of this package, for messages to people: what peers agree on is the protocol's version. */
export const VERSION = (createRequire(import.meta.url)("@taskvine/core/package.json") as PackageFacts)
  .version;
