import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { ROOT } from "./snippets/markdown.js";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly engines: { readonly node: string };
  readonly files: readonly string[];
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly imports?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const manifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8")) as Manifest;
const folders = readdirSync(join(ROOT, "packages")).map((name) => `packages/${name}`);
const root = manifest(".");

function targets(of: Manifest): string[] {
  const entries = [
    ...Object.values(of.exports),
    ...Object.values(of.imports ?? {}),
    ...Object.values(of.bin ?? {}),
  ];
  return entries.flatMap((entry) => (typeof entry === "string" ? [entry] : Object.values(entry)));
}

/** Is it in what is published? */
function isPublished(of: Manifest, target: string): boolean {
  const path = target.replace("./", "");
  return path === "package.json" || of.files.some((folder) => path.startsWith(`${folder}/`));
}

for (const folder of folders) {
  describe(`the package in ${folder}`, () => {
    const own = manifest(folder);

    it("publishes every file that its manifest points to", () => {
      for (const target of targets(own)) {
        expect(existsSync(join(ROOT, folder, target)), `${target} exists`).to.equal(true);
        expect(isPublished(own, target), `${target} is published`).to.equal(true);
      }
    });

    it("publishes no tests", () => {
      expect(own.files).to.include("!dist/**/*.test.*");
    });

    it("has the version, licence and Node of all others", () => {
      expect([own.version, own.license, own.engines.node]).to.deep.equal([
        root.version,
        root.license,
        root.engines.node,
      ]);
      for (const [name, version] of Object.entries(own.dependencies ?? {})) {
        expect(version, name).to.match(/^\d+\.\d+\.\d+$/);
        if (folders.some((other) => manifest(other).name === name))
          expect(version, name).to.equal(root.version);
      }
    });
  });
}

describe("the packages that ours need", () => {
  it("run on the oldest Node that we promise", () => {
    const names = new Set(folders.flatMap((folder) => Object.keys(manifest(folder).dependencies ?? {})));
    const tooNew = [...names].filter((name) => {
      const path = join(ROOT, "node_modules", name, "package.json");
      const wants = existsSync(path)
        ? (JSON.parse(readFileSync(path, "utf8")) as Partial<Manifest>).engines?.node
        : undefined;
      return /^\s*(>=|\^)\s*2[1-9]/.test(wants ?? "");
    });
    expect(tooNew).to.deep.equal([]);
  });
});
