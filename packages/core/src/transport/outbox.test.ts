import { Buffer } from "node:buffer";
import { expect } from "chai";
import sinon from "sinon";
import { Outbox, type Sender, type Sending } from "./outbox.js";

class Letters implements Sender {
  ended = false;
  readonly name: string;
  readonly #letters: string[];

  constructor(name: string, letters: string) {
    this.name = name;
    this.#letters = Array.from(letters);
  }

  head(): Buffer | undefined {
    const [letter] = this.#letters;
    return letter === undefined ? undefined : Buffer.from(letter);
  }

  sent(): void {
    this.#letters.shift();
  }
}

describe("Outbox", () => {
  let answers: Map<string, Sending>;
  let taken: string[];
  let gone: string[];
  let inFlight: number;
  let outbox: Outbox<Letters>;
  let clock: sinon.SinonFakeTimers;

  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  beforeEach(() => {
    clock = sinon.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    answers = new Map();
    taken = [];
    gone = [];
    inFlight = 0;
    outbox = new Outbox<Letters>({
      transmit: async (sender, frame) => {
        expect(++inFlight).to.equal(1);
        await settled();
        inFlight--;
        const answer = answers.get(sender.name) ?? "sent";
        if (answer === "sent") taken.push(String(frame));
        return answer;
      },
      onGone: (sender) => gone.push(sender.name),
    });
  });

  afterEach(() => {
    outbox.close();
    clock.restore();
  });

  async function until(count: number): Promise<void> {
    while (taken.length < count) await settled();
  }

  it("gives the socket one frame at a time, from each sender in turn", async () => {
    outbox.wake(new Letters("first", "abc"));
    outbox.wake(new Letters("second", "123"));
    await until(6);
    expect(taken.join("")).to.equal("a1b2c3");
  });

  it("does not let one that is full hold up the others, and tries it again", async () => {
    answers.set("slow", "full");
    outbox.wake(new Letters("slow", "abc"));
    outbox.wake(new Letters("quick", "123"));
    await until(3);
    expect(taken.join("")).to.equal("123");
    answers.delete("slow");
    await clock.tickAsync(100);
    await until(6);
    expect(taken.join("")).to.equal("123abc");
  });

  it("tells of one that is gone, and drops one that is full at its end", async () => {
    answers.set("lost", "gone").set("over", "full");
    const over = new Letters("over", "z");
    over.ended = true;
    outbox.wake(new Letters("lost", "x"));
    outbox.wake(over);
    outbox.wake(new Letters("last", "1"));
    await until(1);
    await clock.tickAsync(1_000);
    await settled();
    expect(taken).to.deep.equal(["1"]);
    expect(gone).to.deep.equal(["lost"]);
  });
});
