import { expect } from "chai";
import fc from "fast-check";
import { cacheName, fileId } from "../model/ids.js";
import {
  contentName,
  miniTaskName,
  provenanceName,
  type Recipe,
  temporaryName,
  unpackName,
  urlName,
} from "./cache-name.js";

const archive = cacheName("file-aa");
const recipe: Recipe = {
  command: "blast db query",
  inputs: [
    { name: "db", cacheName: cacheName("unpack-1") },
    { name: "query", cacheName: cacheName("buffer-2") },
  ],
  env: { A: "1", B: null },
  output: "out",
};

describe("cache names", () => {
  it("say what a file comes from, and are fit for any file system", () => {
    const names = [
      contentName("file", "ab12"),
      contentName("buffer", "ab12"),
      urlName("http://x/y?z=../..", "etag", ""),
      unpackName(archive, "tar.gz"),
      miniTaskName(recipe),
      provenanceName(recipe),
      temporaryName("f00d", fileId(7)),
    ];
    for (const name of names) expect(name).to.match(/^(file|buffer|url|unpack|mini|task|temp)-[0-9a-z-]+$/);
    expect(new Set(names).size).to.equal(names.length);
  });

  it("do not depend on the order of inputs and variables", () => {
    const turned = { ...recipe, inputs: [...recipe.inputs].reverse(), env: { B: null, A: "1" } };
    expect(provenanceName(turned)).to.equal(provenanceName(recipe));
  });

  it("change with anything that the content follows from", () => {
    const others: Recipe[] = [
      { ...recipe, command: "blast  db query" },
      { ...recipe, output: "out2" },
      { ...recipe, env: { A: "1" } },
      { ...recipe, env: { A: "1", B: "" } },
      { ...recipe, inputs: recipe.inputs.slice(1) },
      {
        ...recipe,
        inputs: [
          { name: "query", cacheName: cacheName("unpack-1") },
          { name: "db", cacheName: cacheName("buffer-2") },
        ],
      },
    ];
    const names = new Set([recipe, ...others].map(provenanceName));
    expect(names.size).to.equal(others.length + 1);
    expect(urlName("u", "e", "")).not.to.equal(urlName("u", "", "e"));
    expect(unpackName(archive, "tar")).not.to.equal(unpackName(archive, "zip"));
  });

  it("are not the same for fields that only read the same when joined", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (command, output, moved) => {
        const one = provenanceName({ command: command + moved, output, inputs: [], env: {} });
        const other = provenanceName({ command, output: moved + output, inputs: [], env: {} });
        if (moved !== "") expect(one).not.to.equal(other);
      }),
    );
  });
});
