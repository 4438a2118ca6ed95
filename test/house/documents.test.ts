import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { documents, ROOT } from "./snippets/markdown.js";

const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");

function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map((match) =>
    (match[1] ?? "")
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, "")
      .replaceAll(" ", "-"),
  );
}

/** Links of a document that lead nowhere. Outside links are not followed. */
function deadLinks(file: string): string[] {
  const links = [...read(file).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? "");
  return links.filter((link) => {
    if (/^[a-z]+:/.test(link)) return false;
    const [path = "", anchor] = link.split("#");
    const target = path === "" ? file : join(dirname(file), path);
    if (!existsSync(join(ROOT, target))) return true;
    return anchor !== undefined && !anchorsOf(read(target)).includes(anchor);
  });
}

/** Names of the messages in a oneof of a .proto file. */
function messagesIn(union: string): string[] {
  const body = new RegExp(`message ${union} \\{\\s*oneof message \\{([^}]*)\\}`).exec(
    read("packages/core/proto/worker.proto"),
  )?.[1];
  return [...(body ?? "").matchAll(/^\s*(\w+) \w+ = \d+;/gm)].map((match) => match[1] ?? "");
}

describe("the documentation", () => {
  for (const file of documents()) {
    it(`links only to what exists, in ${file}`, () => {
      expect(deadLinks(file)).to.deep.equal([]);
    });
  }

  it("names every message between manager and worker in PROTOCOL.md", () => {
    const protocol = read("docs/PROTOCOL.md");
    const messages = [...messagesIn("ManagerMessage"), ...messagesIn("WorkerMessage")];
    expect(messages).to.have.length.above(10);
    expect(messages.filter((name) => !protocol.includes(`\`${name}\``))).to.deep.equal([]);
  });

  it("tells the version of the protocol that the code speaks", () => {
    const newest = /max: (\d+)/.exec(read("packages/core/src/protocol/version.ts"))?.[1];
    const table = [...read("docs/PROTOCOL.md").matchAll(/^\| (\d+) \|/gm)].map((match) => match[1]);
    expect(table.at(-1)).to.equal(newest);
  });

  it("names only commands that exist", () => {
    const { scripts } = JSON.parse(read("package.json")) as {
      readonly scripts: Readonly<Record<string, string>>;
    };
    for (const file of documents()) {
      const named = [...read(file).matchAll(/npm run ([a-z:]+)/g)].map((match) => match[1] ?? "");
      expect(
        named.filter((name) => !(name in scripts)),
        file,
      ).to.deep.equal([]);
    }
  });

  it("says of every folder of core what it is for", () => {
    expect(read("docs/ARCHITECTURE.md")).not.to.match(/^\| `\w+` \| \? \|/m);
  });
});
