import { expect } from "chai";
import { VineError } from "../../model/errors.js";
import { fileId } from "../../model/ids.js";
import { archiveFormat, checkedUrl, fileSpec } from "./declare.js";

describe("a declaration", () => {
  it("knows the format of an archive by its name", () => {
    const names = ["a.tar", "b.tar.gz", "C.TGZ", "d.tar.zst", "e.zip", "f.gz"];
    const formats = names.map((name) => archiveFormat(name, undefined));
    expect(formats).to.deep.equal(["tar", "tar.gz", "tar.gz", "tar.zst", "zip", "gz"]);
  });

  it("asks for the format where the name does not tell", () => {
    expect(() => archiveFormat("download", undefined)).to.throw(VineError, "what kind of archive it is");
    expect(archiveFormat("download", "zip")).to.equal("zip");
  });

  it("takes only URLs that we can fetch", () => {
    expect(checkedUrl("http://localhost/a b")).to.equal("http://localhost/a%20b");
    expect(() => checkedUrl("gopher://x/"))
      .to.throw(VineError)
      .with.property("code", "URL_UNSUPPORTED");
    expect(() => checkedUrl("no url"))
      .to.throw(VineError)
      .with.property("code", "BAD_ARGUMENT");
  });

  it("refuses a lifetime that there is not", () => {
    const mistake = (): unknown =>
      fileSpec(fileId(1), { type: "temp" }, "x", { lifetime: "always" as "forever" });
    expect(mistake).to.throw(VineError, "forever");
  });

  it("keeps labels to one short line", () => {
    const { label } = fileSpec(fileId(1), { type: "temp" }, `a\nb\u001b[31m${"c".repeat(200)}`, {});
    expect(label).to.match(/^a b \[31mc+…$/);
    expect(label.length).to.be.at.most(80);
  });
});
