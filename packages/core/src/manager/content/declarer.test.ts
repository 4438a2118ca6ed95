import { expect } from "chai";
import type { Event } from "../../coordinator/event.js";
import type { FileOrigin } from "../../files/file.js";
import { Declarer } from "./declarer.js";
import { FileRegister } from "./file-register.js";

/** What the coordinator is told of the files that `declare` declares. */
function origins(declare: (declarer: Declarer) => void): FileOrigin[] {
  const events: Event[] = [];
  const owner = { contents: () => Promise.resolve(Buffer.alloc(0)), saveTo: () => Promise.resolve() };
  declare(new Declarer({ owner, files: new FileRegister(), post: (event) => events.push(event) }));
  return events.flatMap((event) => (event.type === "file-declared" ? [event.file.origin] : []));
}

describe("a declared archive", () => {
  it("is known by its ending, however long its path is, and whatever a URL asks behind it", () => {
    const long = `/${"folder/".repeat(30)}data #1.tar.zst`;
    const [, fromPath, , fromUrl] = origins((declarer) => {
      declarer.unpack(declarer.local(long, {}), {});
      declarer.unpack(declarer.url(`http://host${long.replace(" #", "-")}?version=2.zip#top`, {}), {});
    });
    expect(fromPath).to.include({ type: "unpack", format: "tar.zst" });
    expect(fromUrl).to.include({ type: "unpack", format: "tar.zst" });
  });
});
