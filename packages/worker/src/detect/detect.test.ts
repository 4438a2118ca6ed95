import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { cgroupLimits } from "./cgroup.js";
import { detectGpus, gpuFeature } from "./gpus.js";
import { dataHosts, hostId } from "./host.js";
import { detectResources } from "./resources.js";

describe("what a worker finds out about its machine", () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "vine-detect-test-"));
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function files(contents: Readonly<Record<string, string>>): { membership: string; mount: string } {
    for (const [name, text] of Object.entries(contents)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
    return { membership: join(root, "self"), mount: join(root, "cg") };
  }

  it("takes the tightest limit of its control group and those above, second generation", () => {
    const places = files({
      self: "0::/user/job\n",
      "cg/user/job/cpu.max": "max 100000\n",
      "cg/user/job/memory.max": "4000000000\n",
      "cg/user/cpu.max": "250000 100000\n",
      "cg/user/memory.max": "max\n",
    });
    expect(cgroupLimits(places)).to.deep.equal({ cores: 2.5, memory: 4e9 });
  });

  it("understands the first generation", () => {
    const places = files({
      self: "4:memory:/job\n3:cpu,cpuacct:/job\n",
      "cg/cpu,cpuacct/job/cpu.cfs_quota_us": "150000\n",
      "cg/cpu,cpuacct/job/cpu.cfs_period_us": "100000\n",
      "cg/cpu,cpuacct/cpu.cfs_quota_us": "-1\n",
      "cg/memory/job/memory.limit_in_bytes": "9223372036854771712\n",
      "cg/memory/memory.limit_in_bytes": "2000000000\n",
    });
    expect(cgroupLimits(places)).to.deep.equal({ cores: 1.5, memory: 2e9 });
  });

  it("has no limits where there are no control groups", () => {
    expect(cgroupLimits({ membership: join(root, "none"), mount: root })).to.deep.equal({
      cores: undefined,
      memory: undefined,
    });
  });

  it("knows the gpus that nvidia-smi shows, and their models as a feature", async () => {
    const list =
      "GPU 0: NVIDIA H100 80GB HBM3 (UUID: GPU-1)\nGPU 1: NVIDIA H100 80GB HBM3 (UUID: GPU-2)\n  MIG 1g.10gb\n";
    const program = join(root, "nvidia-smi");
    writeFileSync(program, `#!/bin/sh\nprintf '%s' "${list}"\n`, { mode: 0o755 });
    expect(await detectGpus(program)).to.deep.equal(["NVIDIA H100 80GB HBM3", "NVIDIA H100 80GB HBM3"]);
    expect(gpuFeature("NVIDIA H100 80GB HBM3")).to.equal("gpu:nvidia-h100-80gb-hbm3");
    expect(await detectGpus(join(root, "no-such-program"))).to.deep.equal([]);
  });

  it("has no gpus where nvidia-smi does not work, and says why", async () => {
    const reasons: string[] = [];
    const ask = async (script: string, mode = 0o755): Promise<void> => {
      const program = join(root, `smi-${reasons.length}`);
      writeFileSync(program, script, { mode });
      expect(await detectGpus(program, (reason) => reasons.push(reason))).to.deep.equal([]);
    };
    await ask("#!/bin/sh\necho 'the driver sleeps'; echo more; exit 9\n");
    await ask("#!/bin/sh\nexit 9\n");
    await ask("#!/bin/sh\n", 0o644);
    expect(reasons).to.deep.equal(["the driver sleeps", "it ended with code 9", "this user may not run it"]);
    expect(await detectGpus(join(root, "none"), (reason) => reasons.push(reason))).to.deep.equal([]);
    expect(reasons).to.have.length(3);
  });

  it("takes what it is told, and finds the rest", async () => {
    const { resources, features } = await detectResources({ cores: 3, gpus: 0 }, root);
    expect(resources).to.include({ cores: 3, gpus: 0 });
    expect(resources.memory).to.be.greaterThan(0);
    expect(resources.disk).to.be.greaterThan(0);
    expect(features).to.deep.equal([]);
  });

  it("names its host alike each time, and ends its addresses with that of this machine itself", () => {
    expect(hostId())
      .to.match(/^[0-9a-f]{32}$/)
      .and.to.equal(hostId());
    expect(dataHosts().at(-1)).to.equal("127.0.0.1");
  });
});
