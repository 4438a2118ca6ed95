import { deserialize } from "node:v8";
import { expect } from "chai";
import fc from "fast-check";
import { VineError } from "../../../model/errors.js";
import { fileId } from "../../../model/ids.js";
import { LIMITS } from "../../../model/limits.js";
import { fileSpec } from "../declare.js";
import { VineFile } from "../vine-file.js";
import { encodeArguments } from "./arguments.js";

const NOBODY = { contents: () => Promise.reject(new Error("none")), saveTo: () => Promise.resolve() };
const FILE = new VineFile(fileSpec(fileId(1), { type: "temp" }, "f", {}), NOBODY);

/** What arrives at the other end, and where files stood. */
function sent(
  encoding: "json" | "v8",
  args: readonly unknown[],
  kwargs: Record<string, unknown> = {},
): { readonly arrived: unknown; readonly places: string[] } {
  const places: string[] = [];
  const bytes = encodeArguments(args, kwargs, {
    encoding,
    fileOf: () => undefined,
    nameOf: (_file, where) => `input-${places.push(where)}`,
  });
  const arrived: unknown =
    encoding === "json" ? JSON.parse(Buffer.from(bytes).toString()) : deserialize(bytes);
  return { arrived, places };
}

function refusal(encoding: "json" | "v8", args: readonly unknown[]): string {
  try {
    sent(encoding, args);
  } catch (thrown) {
    return thrown instanceof VineError ? thrown.message : "another error";
  }
  return "none";
}

describe("arguments of a call", () => {
  it("arrive as they were, in both encodings", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (given) => {
        const plain = JSON.parse(JSON.stringify(given)) as unknown[];
        expect(sent("json", plain, { key: plain }).arrived).to.deep.equal([plain, { key: plain }]);
        expect(sent("v8", plain, { key: plain }).arrived).to.deep.equal([plain, { key: plain }]);
      }),
    );
  });

  it("may hold files at any depth of arrays and objects", () => {
    for (const encoding of ["json", "v8"] as const) {
      const { arrived, places } = sent(encoding, [1, [{ deep: FILE }]], { "a b": FILE });
      expect(arrived).to.deep.equal([[1, [{ deep: { $vine: "input-1" } }]], { "a b": { $vine: "input-2" } }]);
      expect(places).to.deep.equal(["args[1][0].deep", 'kwargs["a b"]']);
    }
  });

  it("of JavaScript may be what structured clone copies", () => {
    const given = [new Float64Array([1, 2]), 7n, new Map([["a", 1]]), undefined, Number.NaN, new Date(5)];
    expect(sent("v8", given).arrived).to.deep.equal([given, {}]);
    const circle: Record<string, unknown> = {};
    circle["self"] = circle;
    const [[arrived]] = sent("v8", [circle]).arrived as [[Record<string, unknown>]];
    expect(arrived["self"]).to.equal(arrived);
  });

  it("that cannot be written are refused, with the place where they stand", () => {
    const circle: unknown[] = [];
    circle.push({ again: circle });
    const refused: [string, "json" | "v8", readonly unknown[]][] = [
      ["args[0] is a function", "json", [() => 1]],
      ["args[1].f is a function", "v8", [0, { f: () => 1 }]],
      ["args[0][1] is NaN", "json", [[0, Number.NaN]]],
      ["args[0] is bigint", "json", [1n]],
      ["args[1] is undefined", "json", [0, undefined]],
      ["args[0].when is a Date", "json", [{ when: new Date() }]],
      ["args[0] is a Uint8Array", "json", [new Uint8Array(1)]],
      ["args[0][0].again holds itself", "json", [circle]],
      ["args[0] has a key $vine", "json", [{ $vine: "x" }]],
      ["could not be cloned", "v8", [new Map([["f", () => 1]])]],
    ];
    for (const [sentence, encoding, args] of refused) expect(refusal(encoding, args)).to.contain(sentence);
  });

  it("that are undefined by name are left out where JSON has no such thing", () => {
    expect(sent("json", [], { a: undefined, b: 1 }).arrived).to.deep.equal([[], { b: 1 }]);
  });

  it("a key named __proto__ is a key like any other", () => {
    const given = JSON.parse('{"__proto__": 1}') as unknown;
    const [[arrived]] = sent("v8", [given]).arrived as [[object]];
    expect(Object.keys(arrived)).to.deep.equal(["__proto__"]);
  });

  it("of more bytes than a call may have are refused", () => {
    expect(refusal("json", ["x".repeat(LIMITS.argsBytes)])).to.contain("argsBytes");
  });
});
