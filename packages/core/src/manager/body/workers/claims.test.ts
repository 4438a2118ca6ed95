import { expect } from "chai";
import { VineError } from "../../../model/errors.js";
import { workerId } from "../../../model/ids.js";
import type { Introduce } from "../../../protocol/index.js";
import { acceptClaims } from "./claims.js";

const HONEST: Introduce = {
  type: "introduce",
  name: "w",
  host: "h",
  hostId: "machine:user",
  resources: { cores: 4, memory: 8e9, disk: 1e11, gpus: 1, gpuIds: [0] },
  features: [],
  holds: [],
  dataHosts: ["127.0.0.1"],
  dataPort: 4_000,
  dataFingerprint: new Uint8Array(32),
  cachePath: "/cache",
  software: "0.1.0",
  running: [],
};

function claims(resources: Partial<Introduce["resources"]>): Introduce {
  return { ...HONEST, resources: { ...HONEST.resources, ...resources } };
}

describe("what a worker claims", () => {
  it("is taken for true where it can be", () => {
    const spec = acceptClaims(workerId(1), { ...HONEST, endsWithinMs: 500 }, 1_000);
    expect(spec.resources).to.deep.equal({ cores: 4, memory: 8e9, disk: 1e11, gpus: 1 });
    expect(spec.endsAtMs).to.equal(1_500);
  });

  it("is refused where no machine is like that", () => {
    const lies: Introduce[] = [
      claims({ cores: Number.NaN }),
      claims({ cores: 1e9 }),
      claims({ cores: -1 }),
      claims({ cores: 0 }),
      claims({ memory: Number.POSITIVE_INFINITY }),
      claims({ disk: -5 }),
      claims({ gpus: 0.5 }),
      { ...HONEST, name: "" },
      { ...HONEST, name: "n".repeat(1_000) },
      { ...HONEST, dataPort: 0 },
      { ...HONEST, features: Array.from({ length: 2_000 }, String) },
    ];
    for (const lie of lies) {
      expect(() => acceptClaims(workerId(1), lie, 0))
        .to.throw(VineError)
        .with.property("code", "BAD_FRAME");
    }
  });
});
