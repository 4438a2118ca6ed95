import { expect } from "chai";
import fc from "fast-check";
import { taskvine } from "#wire";
import { VineError } from "../../model/errors.js";
import { SPOILS } from "../../protocol/spoils.test.kit.js";
import { Random } from "../../testing/random.js";
import { decodeClientBatch, encodeClientBatch } from "./client-codec.js";
import { decodeGatewayBatch, encodeGatewayBatch } from "./gateway-codec.js";
import { clientMessages, gatewayMessages } from "./messages.test.kit.js";

const SEED = Number(process.env["SEED"] ?? 20_261_122);
const MUTATIONS = 10_000;
const SLOW_MS = 1_000;
const BYTES = new Uint8Array([1]);

describe("messages of clients and of the gateway", () => {
  it("arrive as they were sent, in order", () => {
    const types = new Set<string>();
    const check = <T extends { readonly type: string }>(
      encode: (messages: readonly T[]) => Buffer,
      decode: (bytes: Uint8Array) => T[],
    ) => {
      return (messages: readonly T[]): void => {
        for (const { type } of messages) types.add(type);
        expect(plain(decode(encode(messages)))).to.deep.equal(plain(messages));
      };
    };
    const few = { maxLength: 4 };
    fc.assert(fc.property(fc.array(clientMessages, few), check(encodeClientBatch, decodeClientBatch)));
    fc.assert(fc.property(fc.array(gatewayMessages, few), check(encodeGatewayBatch, decodeGatewayBatch)));
    expect(types.size).to.equal(13 + 11);
  });

  it("that were damaged are read or refused, quickly, and nothing else happens", function () {
    this.timeout(60_000);
    const random = new Random(SEED);
    const samples = [
      ...fc.sample(clientMessages, { numRuns: 200, seed: SEED }).map((message) => ({
        decode: decodeClientBatch,
        bytes: encodeClientBatch([message, message]),
      })),
      ...fc.sample(gatewayMessages, { numRuns: 200, seed: SEED }).map((message) => ({
        decode: decodeGatewayBatch,
        bytes: encodeGatewayBatch([message, message]),
      })),
    ];
    const outcomes = { read: 0, refused: 0 };
    let slowestMs = 0;
    for (let i = 0; i < MUTATIONS; i++) {
      const { decode, bytes } = random.pick(samples);
      const spoilt = random.pick(SPOILS)(Buffer.from(bytes), random);
      const startMs = performance.now();
      outcomes[isRead(decode, spoilt) ? "read" : "refused"]++;
      slowestMs = Math.max(slowestMs, performance.now() - startMs);
    }
    expect(outcomes.read).to.be.greaterThan(MUTATIONS / 50);
    expect(outcomes.refused).to.be.greaterThan(MUTATIONS / 5);
    expect(slowestMs).to.be.lessThan(SLOW_MS);
    expect(Object.keys(Object.prototype)).to.deep.equal([]);
  });

  it("are refused where numbers, words or lists cannot be", () => {
    const bad: [string, () => unknown][] = [
      ["no file", () => decodeClientBatch(encodeClientBatch([{ type: "remove-library", library: 0 }]))],
      ["empty", () => decodeClientBatch(Buffer.from([0x0a, 0]))],
      [
        "unequal lists",
        () => {
          const tasks = { encoding: "json", tasks: [1, 2], values: [], kept: false } as const;
          return decodeGatewayBatch(encodeGatewayBatch([{ type: "returned", ...tasks }]));
        },
      ],
    ];
    const calls = { inputCounts: [1, 1], inputFiles: [3, 4], args: [BYTES, BYTES], firstTask: 1, library: 1 };
    const { ENCODING_JSON: encoding } = taskvine.gateway.Encoding;
    const { MOUNT_USE_VALUE: value, MOUNT_USE_FUNCTION: fn } = taskvine.gateway.MountUse;
    const unequal = {
      "inputs of no call": { inputFiles: [3, 4, 5] },
      "fewer inputs than were counted": { inputFiles: [3] },
      "more counts than calls": { inputCounts: [1, 1, 0] },
      "a file without a number": { inputFiles: [3, 0] },
      "more uses than inputs": { inputUses: [value, value, value] },
      "a use that arguments cannot make": { inputUses: [value, fn] },
      "an unknown kind": { kinds: [0, 1] },
      "more kinds than calls": { kinds: [0, 0, 0] },
    };
    for (const [what, fault] of Object.entries(unequal))
      bad.push([what, () => decodeClientBatch(wireBatch({ calls: { ...calls, encoding, ...fault } }))]);
    for (const [what, mistake] of bad)
      expect(mistake, what).to.throw(VineError).with.property("code", "BAD_FRAME");
  });
});

/** As another program may write it. */
function wireBatch(message: taskvine.gateway.ClientMessage.$Properties): Uint8Array {
  return taskvine.gateway.ClientBatch.encode({ messages: [message] }).finish();
}

function isRead(decode: (bytes: Uint8Array) => unknown, bytes: Buffer): boolean {
  try {
    decode(bytes);
    return true;
  } catch (thrown) {
    if (thrown instanceof VineError && thrown.code === "BAD_FRAME") return false;
    throw new Error(bytes.toString("hex"), { cause: thrown });
  }
}

/** Bytes are bytes, whichever class holds them; what has no prototype is an object. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, held: unknown) => {
      if (held instanceof Uint8Array) return Buffer.from(held).toString("hex");
      // Buffers turn themselves into this before they come here.
      if (
        typeof held === "object" &&
        held !== null &&
        "data" in held &&
        "type" in held &&
        held.type === "Buffer"
      )
        return Buffer.from(held.data as number[]).toString("hex");
      return held;
    }),
  );
}
