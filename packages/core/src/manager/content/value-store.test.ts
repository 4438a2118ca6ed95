import { existsSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { type FileId, fileId } from "../../model/ids.js";
import { ValueStore } from "./value-store.js";

/** Puts a value, or drops it: in the store, and in what it should hold. */
function follow(
  store: ValueStore,
  expected: Map<FileId, Uint8Array>,
  file: FileId,
  bytes: Uint8Array | null,
): void {
  if (bytes === null) {
    store.drop(file);
    expected.delete(file);
    return;
  }
  store.put(file, bytes);
  if (!expected.has(file)) expected.set(file, bytes);
}

describe("the values that a manager holds", () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "vine-values-"));
  });

  after(() => rm(folder, { recursive: true }));

  it("are what was put there, in memory or not, until they are dropped", () => {
    const order = fc.record({
      file: fc.integer({ min: 1, max: 9 }).map(fileId),
      bytes: fc.option(fc.uint8Array({ maxLength: 40 })),
    });
    fc.assert(
      fc.property(fc.array(order, { maxLength: 60 }), (orders) => {
        const store = new ValueStore(join(folder, "overflow"), 64);
        const expected = new Map<FileId, Uint8Array>();
        for (const { file, bytes } of orders) {
          follow(store, expected, file, bytes);
          for (const [known, value] of expected)
            expect(Buffer.from(store.get(known) ?? []).equals(value)).to.equal(true);
          expect(store.has(file)).to.equal(expected.has(file));
        }
        store.close();
      }),
    );
  });

  it("beyond their bound lie in a file that is empty again when they are dropped", () => {
    const path = join(folder, "bounded");
    const store = new ValueStore(path, 10);
    store.put(fileId(1), Buffer.alloc(10, 1));
    expect(existsSync(path)).to.equal(false);
    store.put(fileId(2), Buffer.alloc(5, 2));
    expect(statSync(path).size).to.equal(5);
    expect(statSync(path).mode & 0o077).to.equal(0);
    store.drop(fileId(2));
    expect(statSync(path).size).to.equal(0);
    store.close();
  });
});
