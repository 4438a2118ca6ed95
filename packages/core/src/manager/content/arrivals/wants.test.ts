import { expect } from "chai";
import { VineError } from "../../../model/errors.js";
import { type FileId, fileId } from "../../../model/ids.js";
import { Wants } from "./wants.js";

function aScene(): { wants: Wants; asked: FileId[]; discarded: string[] } {
  const asked: FileId[] = [];
  const discarded: string[] = [];
  const discard = (path: string): Promise<void> => {
    discarded.push(path);
    return Promise.resolve();
  };
  return { asked, discarded, wants: new Wants((file) => asked.push(file), discard) };
}

const FILE = fileId(1);

describe("wanted files", () => {
  it("are brought once for all who ask meanwhile, and removed when the last has read", async () => {
    const { wants, asked, discarded } = aScene();
    const readers = ["a", "b"].map((reader) =>
      wants.use(FILE, (path) => Promise.resolve(`${reader} read ${String(path)}`)),
    );
    expect(asked).to.deep.equal([FILE]);
    wants.arrived(FILE, "/p");
    expect(await Promise.all(readers)).to.deep.equal(["a read /p", "b read /p"]);
    expect(discarded).to.deep.equal(["/p"]);
  });

  it("are brought anew for who asks after they came", async () => {
    const { wants, asked } = aScene();
    const first = wants.use(FILE, () => Promise.resolve(1));
    wants.arrived(FILE, "/p");
    await first;
    const second = wants.use(FILE, () => Promise.resolve(2));
    wants.arrived(FILE, "/q");
    await second;
    expect(asked).to.deep.equal([FILE, FILE]);
  });

  it("fail for all who wait, and can be wanted again", async () => {
    const { wants, asked } = aScene();
    const error = new VineError("INPUT_LOST", "gone");
    const failed = wants.use(FILE, () => Promise.resolve(1)).catch((cause: unknown) => cause);
    wants.failed(FILE, error);
    expect(await failed).to.equal(error);
    const again = wants.use(FILE, () => Promise.resolve(2));
    wants.arrived(FILE, "/p");
    expect(await again).to.equal(2);
    expect(asked.length).to.equal(2);
  });

  it("that are made again and come as a value are given to all who wait, and nothing is removed", async () => {
    const { wants, discarded } = aScene();
    const readers = [1, 2].map(() => wants.use(FILE, (content) => Promise.resolve(content)));
    const bytes = Uint8Array.of(7);
    wants.cameAsValue(FILE, bytes);
    expect(await Promise.all(readers)).to.deep.equal([bytes, bytes]);
    expect(discarded).to.deep.equal([]);
  });

  it("that nobody wants any more are removed when they come", () => {
    const { wants, discarded } = aScene();
    wants.arrived(FILE, "/late");
    expect(discarded).to.deep.equal(["/late"]);
  });
});
