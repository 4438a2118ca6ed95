import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { taskId } from "@taskvine/core/model";
import type { Call, CallInput } from "@taskvine/core/protocol";
import { expect } from "chai";
import fc from "fast-check";
import { readCompactCall } from "../../hosts/javascript/call-header.js";
import { aCall, aCallInput, aValueOutput } from "../testing/orders.js";
import { argumentsOf, isBrief, writeCall } from "./call-header.js";
import {
  BODY_LIMIT_BYTES,
  HEADER_LIMIT_BYTES,
  type LibraryFrame,
  LibraryFrameReader,
} from "./frame-reader.js";
import { LibraryFrameWriter } from "./frame-writer.js";

const sizes = (header: number, body: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32BE(header, 0);
  bytes.writeUInt32BE(body, 4);
  return bytes;
};
const frame = (header: string, body: Uint8Array): Buffer =>
  Buffer.concat([sizes(Buffer.byteLength(header), body.length), Buffer.from(header), body]);

describe("frames of the library protocol", () => {
  it("are the same however a stream is cut", () => {
    const one = fc.record({ header: fc.string({ maxLength: 30 }), body: fc.uint8Array({ maxLength: 300 }) });
    fc.assert(
      fc.property(
        fc.array(one, { maxLength: 20 }),
        fc.array(fc.integer({ min: 1, max: 99 })),
        (frames, cuts) => {
          const stream = Buffer.concat(frames.map(({ header, body }) => frame(header, body)));
          const reader = new LibraryFrameReader();
          const read: LibraryFrame[] = [];
          let at = 0;
          for (const cut of [...cuts, stream.length]) {
            if (at >= stream.length) break;
            read.push(...reader.push(stream.subarray(at, at + cut)));
            at += cut;
          }
          const told = read.map(({ header, body }) => ({
            header: header.toString(),
            body: new Uint8Array(body),
          }));
          expect(told).to.deep.equal(
            frames.map(({ header, body }) => ({ header, body: new Uint8Array(body) })),
          );
        },
      ),
    );
  });

  it("past the bounds are refused before their bytes have come", () => {
    expect(() => new LibraryFrameReader().push(sizes(HEADER_LIMIT_BYTES + 1, 0))).to.throw(/a header of/);
    expect(() => new LibraryFrameReader().push(sizes(0, BODY_LIMIT_BYTES + 1))).to.throw(/a body of/);
  });

  it("a large one that comes in many pieces is put together once", () => {
    const reader = new LibraryFrameReader();
    const stream = frame("{}", Buffer.alloc(32 * 1024 * 1024, "x"));
    const piece = 8 * 1024;
    let read: LibraryFrame[] = [];
    // Were it put together for each piece, this would copy 64 GiB.
    for (let at = 0; at < stream.length; at += piece) read = reader.push(stream.subarray(at, at + piece));
    expect(read[0]?.body.length).to.equal(32 * 1024 * 1024);
  });
});

describe("which calls have a short header", () => {
  const call = (parts: Partial<Call> = {}): Call => aCall(taskId(1), "f", [], parts);
  const given: CallInput = { name: "v", use: "value", from: { value: Buffer.from("1") } };
  const code = aCallInput("code", "function");

  it("those that it says all of, also what their function is", () => {
    expect([call(), call({ inputs: [code] })].map((one) => isBrief(one, false))).to.deep.equal([true, true]);
    const others = [{ wallTimeMs: 5 }, { memory: 5 }, { keep: true }, { outputs: [aValueOutput("o")] }];
    expect(others.map((parts) => isBrief(call(parts), true))).to.deep.equal(others.map(() => false));
  });

  it("with values only where the library reads them, and the values come along", () => {
    const both = call({ inputs: [code, given] });
    expect([isBrief(both, true), isBrief(both, false)]).to.deep.equal([true, false]);
    const elsewhere = [
      aCallInput("a", "value"),
      aCallInput("a", "path"),
      aCallInput("a"),
      { ...given, use: "path" },
    ];
    expect(elsewhere.map((one) => isBrief(call({ inputs: [one as CallInput] }), true))).to.deep.equal(
      elsewhere.map(() => false),
    );
  });
});

describe("what is written to a library", () => {
  let folder: string;
  let ends: { readonly near: Socket; readonly far: Socket };
  let close: () => void;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "vine-frames-"));
    const server = createServer().listen(join(folder, "s"));
    const accepted = once(server, "connection");
    const near = connect(join(folder, "s"));
    const [far] = (await accepted) as [Socket];
    ends = { near, far };
    close = () => {
      near.destroy();
      far.destroy();
      server.close();
    };
  });
  afterEach(() => {
    close();
    rmSync(folder, { recursive: true });
  });

  async function frames(count: number): Promise<LibraryFrame[]> {
    const reader = new LibraryFrameReader();
    const read: LibraryFrame[] = [];
    for await (const chunk of ends.far) {
      read.push(...reader.push(chunk as Buffer));
      if (read.length >= count) break;
    }
    return read;
  }

  it("arrives in order and whole, small and large, over many turns", async () => {
    const writer = new LibraryFrameWriter(ends.near);
    const bodies = [10, 5_000, 0, 300_000, 17, 20_000].map((size, index) => Buffer.alloc(size, 65 + index));
    for (const [index, body] of bodies.entries()) {
      writer.json({ index }, [body]);
      writer.compactCall(2, index, "größe", body);
      if (index % 2 === 1) writer.flush();
    }
    writer.flush();
    const read = await frames(bodies.length * 2);
    for (const [index, body] of bodies.entries()) {
      expect(JSON.parse(read[2 * index]?.header.toString() ?? "")).to.deep.equal({ index });
      expect(read[2 * index]?.body.equals(body), `body ${index}`).to.equal(true);
      const compact = read[2 * index + 1];
      expect(compact?.header.subarray(0, 6)).to.deep.equal(Buffer.from([1, 2, 0, 0, 0, index]));
      expect(compact?.header.subarray(6).toString()).to.equal("größe");
      expect(compact?.body.equals(body)).to.equal(true);
    }
  });

  it("calls with values are read as they were written, however large", async () => {
    const writer = new LibraryFrameWriter(ends.near);
    const calls = [1, 70_000, 0].map((size, id) => {
      const values = [size, 3].map((bytes, index) => ({
        name: `ü${index}`,
        bytes: Buffer.alloc(bytes, 65 + index),
      }));
      return { id, name: "größe", args: Buffer.alloc(size, "a"), values };
    });
    for (const { id, name, args, values } of calls)
      writer.compactCallWithValues({ encoding: 1, id, name }, args, values);
    writer.flush();
    const read = await frames(calls.length);
    for (const [index, call] of calls.entries()) {
      const given = read[index] as LibraryFrame;
      const header = readCompactCall(given);
      expect(header).to.include({ id: call.id, function: call.name, encoding: "json" });
      expect(header.inputs?.map(({ name }) => name)).to.deep.equal(["ü0", "ü1"]);
      expect(header.sizes).to.deep.equal([call.args.length, ...call.values.map(({ bytes }) => bytes.length)]);
      expect(
        given.body.equals(Buffer.concat([call.args, ...call.values.map(({ bytes }) => bytes)])),
      ).to.equal(true);
    }
  });

  it("arguments in JSON are in the header, others are attachment 0, values follow", async () => {
    const writer = new LibraryFrameWriter(ends.near);
    const places = {
      function: "f",
      inputs: [],
      values: [Buffer.from("v")],
      sandbox: "/s",
      valueFile: "/f",
      inlineBytes: 9,
    };
    const json = aCall(aCall.length as never, "f", [1, { a: 2 }], { wallTimeMs: 5 });
    const pickle = { ...json, encoding: "pickle", args: Buffer.from("pickled") } as const;
    for (const [id, call] of [json, pickle].entries())
      writeCall(writer, { id, call }, argumentsOf(call, false), places);
    writer.flush();
    const [first, second] = await frames(2);
    expect(JSON.parse(first?.header.toString() ?? "")).to.deep.equal({
      type: "call",
      id: 0,
      function: "f",
      encoding: "json",
      inlineBytes: 9,
      args: [1, { a: 2 }],
      sandbox: "/s",
      valueFile: "/f",
      limits: { wallMs: 5 },
    });
    expect(first?.body.toString()).to.equal("v");
    expect(JSON.parse(second?.header.toString() ?? "")).to.include({ id: 1, encoding: "pickle" });
    expect(JSON.parse(second?.header.toString() ?? "")).to.deep.include({ sizes: [7, 1] });
    expect(second?.body.toString()).to.equal("pickledv");
  });
});
