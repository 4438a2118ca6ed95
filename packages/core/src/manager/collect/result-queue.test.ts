import { expect } from "chai";
import sinon from "sinon";
import { ResultQueue } from "./result-queue.js";

describe("the queue of results", () => {
  let clock: sinon.SinonFakeTimers;

  beforeEach(() => {
    clock = sinon.useFakeTimers();
  });

  afterEach(() => {
    clock.restore();
  });

  it("gives results out in the order in which they came, each once", () => {
    const queue = new ResultQueue<number>();
    for (const result of [1, 2, 3]) queue.push(result, "");
    expect([queue.take(), queue.take(), queue.take(), queue.take()]).to.deep.equal([1, 2, 3, undefined]);
    expect(queue.size).to.equal(0);
  });

  it("gives a tagged result either to who asks for the tag or to who asks for any, never to both", () => {
    const queue = new ResultQueue<number>();
    queue.push(1, "a");
    queue.push(2, "b");
    queue.push(3, "a");
    expect(queue.take("b")).to.equal(2);
    expect(queue.take()).to.equal(1);
    expect(queue.take("a")).to.equal(3);
    expect(queue.take("a")).to.equal(undefined);
    expect(queue.take()).to.equal(undefined);
  });

  it("answers those who wait in turn, passing over those who wait for another tag", async () => {
    const queue = new ResultQueue<number>();
    const forB = queue.next("b", undefined);
    const forAny = queue.next(undefined, undefined);
    queue.push(1, "a");
    queue.push(2, "b");
    expect(await forAny).to.equal(1);
    expect(await forB).to.equal(2);
    expect(queue.size).to.equal(0);
  });

  it("answers with nothing when the time is over, and loses no result that comes later", async () => {
    const queue = new ResultQueue<number>();
    const waiting = queue.next(undefined, 1_000);
    await clock.tickAsync(1_000);
    expect(await waiting).to.equal(undefined);
    queue.push(7, "");
    expect(queue.take()).to.equal(7);
  });

  it("lets those go who wait for what will not come", async () => {
    const queue = new ResultQueue<number>();
    const forTag = queue.next("a", undefined);
    const forAny = queue.next(undefined, undefined);
    queue.release("a");
    expect(await forTag).to.equal(undefined);
    queue.release();
    expect(await forAny).to.equal(undefined);
  });

  it("does not give out what was collected elsewhere, and keeps nothing of it", () => {
    const queue = new ResultQueue<number>();
    const places = Array.from({ length: 5_000 }, (_, at) => queue.push(at, at % 2 === 0 ? "even" : ""));
    for (const place of places.slice(1)) if (place !== undefined) queue.withdraw(place);
    expect(queue.size).to.equal(1);
    expect([queue.take(), queue.take(), queue.take("even")]).to.deep.equal([0, undefined, undefined]);
    const [first] = places;
    if (first !== undefined) queue.withdraw(first);
    expect(queue.size).to.equal(0);
  });

  it("keeps nothing of results that were collected by tag, however long it is used", () => {
    const queue = new ResultQueue<number>();
    queue.push(0, "");
    for (let count = 1; count <= 20_000; count++) {
      queue.push(count, "a");
      expect(queue.take("a")).to.equal(count);
    }
    expect(queue.size).to.equal(1);
    expect(queue.take()).to.equal(0);
  });
});
