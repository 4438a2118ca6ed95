import { expect } from "chai";
import fc from "fast-check";
import { VineError } from "../model/errors.js";
import { Random } from "../testing/random.js";
import {
  decodeFrame,
  decodeManagerBatch,
  decodeWorkerBatch,
  encodeFrame,
  encodeManagerBatch,
  encodeWorkerBatch,
  handshakeFrame,
  type VersionRange,
} from "./index.js";
import { managerMessages, workerMessages } from "./message-arbitraries.test.js";
import { SPOILS } from "./spoils.test.kit.js";

const SEED = Number(process.env["SEED"] ?? 20_261_122);
const MUTATIONS = 20_000;
const SLOW_MS = 1_000; // well over any pause of a busy machine; a decoder that hangs takes for ever
const MEMORY_BYTES = 50 * 1024 * 1024;

const DECODERS = { frame: decodeFrame, manager: decodeManagerBatch, worker: decodeWorkerBatch };
type Conversation = keyof typeof DECODERS;

/** Frames and batches as they should be, to be spoilt. */
function corpus(): { readonly conversation: Conversation; readonly bytes: Buffer }[] {
  const versions: VersionRange = { min: 1, max: 1 };
  const nonce = new Uint8Array(16);
  const hello = { type: "hello", role: "worker", versions, proof: nonce, nonce, software: "1" } as const;
  const managers = fc.sample(managerMessages, { numRuns: 150, seed: SEED });
  const workers = fc.sample(workerMessages, { numRuns: 150, seed: SEED });
  const batches = managers.map((message) => encodeManagerBatch([message, message], 9));
  return [
    ...batches.map((bytes) => ({ conversation: "manager" as const, bytes })),
    ...workers.map((message) => ({
      conversation: "worker" as const,
      bytes: encodeWorkerBatch([message, message]),
    })),
    { conversation: "frame", bytes: encodeFrame(handshakeFrame(hello)) },
    ...batches.slice(0, 30).map((batch) => ({
      conversation: "frame" as const,
      bytes: encodeFrame({ session: nonce, sequence: 1, body: { type: "batches", batches: [batch] } }),
    })),
  ];
}

describe("decoders fed with damaged frames", () => {
  it(`${MUTATIONS} of them: each is read or refused, quickly, and nothing else happens (SEED=${SEED})`, function () {
    this.timeout(60_000);
    const random = new Random(SEED);
    const samples = corpus();
    const outcomes = { read: 0, refused: 0 };
    let slowestMs = 0;
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < MUTATIONS; i++) {
      const { conversation, bytes } = random.pick(samples);
      const spoilt = random.pick(SPOILS)(Buffer.from(bytes), random);
      const startMs = performance.now();
      outcomes[decode(conversation, spoilt)]++;
      slowestMs = Math.max(slowestMs, performance.now() - startMs);
    }
    expect(outcomes.read, "some damage is harmless").to.be.greaterThan(MUTATIONS / 50);
    expect(outcomes.refused, "most is not").to.be.greaterThan(MUTATIONS / 4);
    expect(slowestMs).to.be.lessThan(SLOW_MS);
    expect(process.memoryUsage().heapUsed - before).to.be.lessThan(MEMORY_BYTES);
    expect(Object.keys(Object.prototype)).to.deep.equal([]);
  });
});

function decode(conversation: Conversation, bytes: Buffer): "read" | "refused" {
  try {
    DECODERS[conversation](bytes);
    return "read";
  } catch (thrown) {
    if (thrown instanceof VineError && thrown.code === "BAD_FRAME") return "refused";
    throw new Error(`${conversation} ${bytes.toString("hex")}`, { cause: thrown });
  }
}
