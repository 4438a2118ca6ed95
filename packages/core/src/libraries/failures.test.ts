import { expect } from "chai";
import { workerId } from "../model/ids.js";
import { Failures, type Novelty } from "./failures.js";

describe("failed starts of a library", () => {
  function told(...starts: readonly (readonly [words: string, worker: number])[]): Novelty[] {
    const failures = new Failures();
    return starts.map(([words, worker]) => failures.add(`line 7\n${words}`, workerId(worker)));
  }

  it("are news with other last words, and once more when three workers say the same", () => {
    expect(told(["a", 1], ["a", 2], ["a", 3], ["a", 4], ["b", 5])).to.deep.equal([
      "news",
      "known",
      "everywhere",
      "known",
      "news",
    ]);
  });

  it("at one worker say nothing of the others", () => {
    expect(told(["a", 1], ["a", 1], ["a", 1])).to.deep.equal(["news", "known", "known"]);
  });

  it("are news again once a call was answered", () => {
    const failures = new Failures();
    failures.add("a", workerId(1));
    failures.settle();
    expect(failures.add("a", workerId(1))).to.equal("news");
    expect(failures.count).to.equal(2);
  });
});
