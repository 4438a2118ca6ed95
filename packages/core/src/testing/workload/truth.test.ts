import { expect } from "chai";
import type { FileId } from "../../model/ids.js";
import { contentOf } from "../world/content.js";
import { WorkloadBuilder } from "./builder.js";
import { Truth } from "./truth.js";

describe("Truth", () => {
  it("what a task makes follows from its command and the contents of its inputs", () => {
    const builder = new WorkloadBuilder();
    const [a, b] = ["a", "b"].map((label) => builder.file({ origin: { type: "local" }, label })) as [
      FileId,
      FileId,
    ];
    const [fromA, fromB, again] = [builder.file(), builder.file(), builder.file()];
    builder.task([a], [fromA], { spec: { command: "sort" } });
    builder.task([b], [fromB], { spec: { command: "sort" } });
    builder.task([a], [again], { spec: { command: "uniq" } });
    const truth = new Truth(builder.build());
    expect(truth.content(a)).to.equal(contentOf("source", "a"));
    expect(new Set([fromA, fromB, again].map((file) => truth.content(file)))).to.have.property("size", 3);
  });

  it("a chain of thirty thousand tasks is no deep stack", () => {
    const builder = new WorkloadBuilder();
    let file = builder.file({ origin: { type: "buffer" } });
    for (let i = 0; i < 30_000; i++) {
      const next = builder.file();
      builder.task([file], [next]);
      file = next;
    }
    expect(new Truth(builder.build()).content(file)).to.match(/^[0-9a-f]{16}$/);
  });

  it("a file that is made of itself is refused", () => {
    const builder = new WorkloadBuilder();
    const file = builder.file();
    builder.task([file], [file]);
    expect(() => new Truth(builder.build()).content(file)).to.throw(/depends on itself/);
  });
});
