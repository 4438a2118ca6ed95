import type { ExecutorHost, Library, LibraryHandle } from "@taskvine/core/executor";
import { expect } from "chai";
import { Libraries } from "./libraries.js";

/** Declares libraries, and tells of those that are there what they say. */
function bench(): {
  readonly libraries: Libraries;
  readonly there: Map<string, ReturnType<Library["draft"]>>;
} {
  const there = new Map<string, ReturnType<Library["draft"]>>();
  const declareLibrary = (library: Library): LibraryHandle => {
    there.set(library.name, library.draft());
    return { name: library.name, remove: () => there.delete(library.name) } as unknown as LibraryHandle;
  };
  const libraries = new Libraries({ declareLibrary } as unknown as ExecutorHost);
  libraries.declare({ key: "k", command: "run", inputs: [], env: {}, cores: 2, memory: 1e9 }, []);
  return { libraries, there };
}

describe("the libraries of a Dask program", () => {
  it("are declared once for each size, and those of a size do not grow", () => {
    const { libraries, there } = bench();
    const handle = libraries.sized("k", 3e9);
    expect(libraries.sized("k", 3e9)).to.equal(handle);
    libraries.sized("k", undefined);
    expect([...there.values()].map(({ task, grows }) => [task.resources.memory, grows])).to.deep.equal([
      [1e9, true],
      [3e9, false],
      [undefined, false],
    ]);
  });

  it("of sizes that were not used for long go, but not in the turn in which they were asked for", async () => {
    const { libraries, there } = bench();
    for (let size = 1; size <= 20; size++) libraries.sized("k", size * 1e9);
    libraries.sized("k", 1e9);
    expect(there.size).to.equal(21);
    await new Promise(setImmediate);
    expect(there.size).to.equal(13);
    const sizes = [...there.values()].map(({ task }) => (task.resources.memory ?? 0) / 1e9);
    expect(sizes.slice(1)).to.deep.equal([1, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
  });

  it("that nobody described are not there", () => {
    const { libraries } = bench();
    expect(() => libraries.sized("other", 1)).to.throw("no library other was declared");
  });
});
