import { expect } from "chai";
import { VineError } from "../model/errors.js";
import { agreeVersion } from "./index.js";

describe("agreeVersion", () => {
  it("chooses the newest version that both ends speak", () => {
    expect(agreeVersion({ min: 1, max: 4 }, { min: 2, max: 3 })).to.equal(3);
    expect(agreeVersion({ min: 3, max: 4 }, { min: 1, max: 3 })).to.equal(3);
  });

  it("refuses in a sentence that names both ranges and who has to upgrade", () => {
    const refuse = (): unknown => agreeVersion({ min: 3, max: 4 }, { min: 1, max: 2 });
    expect(refuse).to.throw(VineError, "we speak protocol 3–4, the peer 1–2").with.include({
      code: "VERSION_MISMATCH",
      hint: "Upgrade the peer.",
    });
  });

  it("refuses a range that is upside down", () => {
    expect(() => agreeVersion({ min: 1, max: 1 }, { min: 2, max: 1 })).to.throw(VineError);
  });
});
