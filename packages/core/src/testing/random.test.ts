import { expect } from "chai";
import { Random } from "./random.js";

const draws = (random: Random): number[] => Array.from({ length: 20 }, () => random.next());

describe("Random", () => {
  it("gives the same numbers for the same seed, and others for another", () => {
    expect(draws(new Random(7))).to.deep.equal(draws(new Random(7)));
    expect(draws(new Random(7))).to.not.deep.equal(draws(new Random(8)));
  });

  it("a fork depends on seed and label, not on what other forks have drawn", () => {
    const one = new Random(7);
    const other = new Random(7);
    draws(one.fork("faults"));
    expect(draws(one.fork("sizes"))).to.deep.equal(draws(other.fork("sizes")));
    expect(draws(one.fork("faults"))).to.not.deep.equal(draws(one.fork("sizes")));
  });

  it("is fair enough: every face of a die, means near what was asked", () => {
    const random = new Random(1);
    const faces = Array.from({ length: 6000 }, () => random.between(1, 6));
    for (let face = 1; face <= 6; face++)
      expect(faces.filter((f) => f === face).length).to.be.within(850, 1150);
    const gaps = Array.from({ length: 5000 }, () => random.exponential(10));
    expect(gaps.reduce((a, b) => a + b) / gaps.length).to.be.within(9, 11);
  });

  it("shuffling keeps every element once and leaves the list alone", () => {
    const list = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    expect(new Random(3).shuffled(list).toSorted()).to.deep.equal(list);
    expect(list).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});
