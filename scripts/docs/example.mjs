import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { ROOT } from "../house/paths.mjs";
import { Problem } from "../house/say.mjs";

/** A program of examples/, as it stands there. */
export function exampleBlock(name) {
  const path = resolve(ROOT, "examples", name);
  if (!existsSync(path)) throw new Problem(`README.md shows examples/${name}, which does not exist.`);
  return `\`\`\`ts\n${readFileSync(path, "utf8").trim()}\n\`\`\``;
}
