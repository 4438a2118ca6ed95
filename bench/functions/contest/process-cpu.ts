import { readdir, readFile } from "node:fs/promises";

/** Of the clock in /proc: 100 everywhere that Linux runs on x86 and Arm. */
const TICKS_PER_SECOND = 100;
const PPID = 1;
const TIMES = [11, 12, 13, 14] as const;

/** Processes that we start, by what their command lines say; the program that was started itself is the client. */
const ROLES: readonly (readonly [role: string, mark: RegExp])[] = [
  ["manager", /vine\.js\0manager\0/],
  ["worker", /vine\.js\0worker\0/],
  ["launcher", /launcher/],
  ["host", /vine_host\.py|hosts\/javascript/],
];

/** Microseconds of processor time so far, by the part that a process plays. */
export type CpuTimes = ReadonlyMap<string, number>;

interface Found {
  readonly pid: number;
  readonly parent: number;
  readonly cpuUs: number;
}

/** The processor time of a process and of all that came of it, children that have ended included. Empty without /proc. */
export async function cpuTimes(root: number): Promise<CpuTimes> {
  const all = await processes();
  const children = groupByParent(all);
  const times = new Map<string, number>();
  const open = all.filter(({ pid }) => pid === root);
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const role = one.pid === root ? "client" : await roleOf(one.pid);
    times.set(role, (times.get(role) ?? 0) + one.cpuUs);
    open.push(...(children.get(one.pid) ?? []));
  }
  return times;
}

/** What was used between two readings. */
export function cpuSince(before: CpuTimes, after: CpuTimes): Map<string, number> {
  return new Map([...after].map(([role, us]) => [role, us - (before.get(role) ?? 0)]));
}

function groupByParent(all: readonly Found[]): Map<number, Found[]> {
  const groups = new Map<number, Found[]>();
  for (const one of all) groups.set(one.parent, [...(groups.get(one.parent) ?? []), one]);
  return groups;
}

async function processes(): Promise<Found[]> {
  const names = await readdir("/proc").catch((): string[] => []);
  const found = await Promise.all(names.filter((name) => /^\d+$/.test(name)).map(processOf));
  return found.filter((one) => one !== undefined);
}

/** Undefined when it has ended meanwhile. */
async function processOf(name: string): Promise<Found | undefined> {
  const text = await readFile(`/proc/${name}/stat`, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const ticks = TIMES.reduce((sum, at) => sum + Number(fields[at]), 0);
  return { pid: Number(name), parent: Number(fields[PPID]), cpuUs: (ticks / TICKS_PER_SECOND) * 1e6 };
}

async function roleOf(pid: number): Promise<string> {
  const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  return ROLES.find(([, mark]) => mark.test(command))?.[0] ?? "others";
}
