import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What the control groups of this process allow it; undefined: no limit. Both generations of cgroups are understood. */
export interface CgroupLimits {
  readonly cores: number | undefined;
  readonly memory: number | undefined;
}

export interface CgroupPlaces {
  readonly membership: string;
  readonly mount: string;
}

const SYSTEM: CgroupPlaces = { membership: "/proc/self/cgroup", mount: "/sys/fs/cgroup" };

export function cgroupLimits(places: CgroupPlaces = SYSTEM): CgroupLimits {
  const lines = (read(places.membership) ?? "").split("\n");
  const cores: (number | undefined)[] = [];
  const memory: (number | undefined)[] = [];
  for (const line of lines) {
    const [hierarchy, controllers = "", path] = line.split(":");
    if (path === undefined) continue;
    const named = controllers.split(",");
    const base = hierarchy === "0" ? places.mount : join(places.mount, controllers);
    for (const group of upwards(path)) {
      const directory = join(base, group);
      if (hierarchy === "0") cores.push(quotaV2(read(join(directory, "cpu.max"))));
      if (hierarchy === "0") memory.push(bytes(read(join(directory, "memory.max"))));
      if (named.includes("cpu")) cores.push(quotaV1(directory));
      if (named.includes("memory")) memory.push(bytes(read(join(directory, "memory.limit_in_bytes"))));
    }
  }
  return { cores: smallest(cores), memory: smallest(memory) };
}

/** A group and all above it: each limits those below. */
function upwards(path: string): string[] {
  const groups = [path];
  for (let group = path; group !== "/" && group !== "."; group = dirname(group)) groups.push(dirname(group));
  return groups;
}

function quotaV2(text: string | undefined): number | undefined {
  const [quota, period] = (text ?? "").trim().split(" ").map(Number);
  return ratio(quota, period);
}

function quotaV1(directory: string): number | undefined {
  return ratio(
    Number(read(join(directory, "cpu.cfs_quota_us"))),
    Number(read(join(directory, "cpu.cfs_period_us"))),
  );
}

function ratio(quota: number | undefined, period: number | undefined): number | undefined {
  if (quota === undefined || period === undefined) return undefined;
  return quota > 0 && period > 0 ? quota / period : undefined;
}

/** Amounts near 2^63 are how the first generation says "none". */
function bytes(text: string | undefined): number | undefined {
  const value = Number(text?.trim());
  return value > 0 && value < 2 ** 60 ? value : undefined;
}

function smallest(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
