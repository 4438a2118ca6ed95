import { expect } from "chai";
import { VineError } from "../model/errors.js";
import { resolveOptions } from "./options.js";

function refusal(options: object): VineError {
  try {
    resolveOptions(options);
  } catch (thrown) {
    if (thrown instanceof VineError) return thrown;
    throw thrown;
  }
  throw new Error("nothing was thrown");
}

describe("options of a manager", () => {
  it("need not be given: a manager listens on this machine only, with keys, on any free port", () => {
    const { host, port, insecure, policy } = resolveOptions({});
    expect({ host, port, insecure, policy }).to.deep.equal({
      host: "127.0.0.1",
      port: 0,
      insecure: false,
      policy: "most-cached",
    });
  });

  it("keep digests where XDG_CACHE_HOME says", () => {
    expect(resolveOptions({}, { XDG_CACHE_HOME: "/somewhere" }).cacheDirectory).to.equal(
      "/somewhere/taskvine",
    );
  });

  it("name the option that is wrong", () => {
    const cases: [object, string][] = [
      [{ prot: 1 }, "prot"],
      [{ port: 70_000 }, "port"],
      [{ port: [9, 3] }, "port"],
      [{ dataPort: 1.5 }, "dataPort"],
      [{ name: "" }, "name"],
      [{ host: 7 }, "host"],
      [{ tempReplicas: 0 }, "tempReplicas"],
      [{ transfersPerSource: Number.NaN }, "transfersPerSource"],
      [{ unschedulableAfter: "soon" }, "unschedulableAfter"],
    ];
    for (const [options, name] of cases) {
      const error = refusal(options);
      expect(error.code).to.equal("BAD_ARGUMENT");
      expect(error.message).to.contain(name);
    }
  });
});
