import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, readSync } from "node:fs";

/** What /proc says of a process, as far as we need it. */
export interface ProcessStat {
  readonly pid: number;
  readonly state: string;
  readonly ppid: number;
  readonly session: number;
  /** User and system time, milliseconds: its own, and that of children it has waited for. */
  readonly cpuMs: number;
  readonly waitedCpuMs: number;
  /** Clock ticks since boot: with the pid it names a process for good. */
  readonly startTicks: number;
  readonly rssBytes: number;
}

/** The kernel's USER_HZ: 100 on every Linux that Node runs on. */
const MS_PER_TICK = 10;
const ZERO = 48;
const NINE = 57;

let buffer = Buffer.allocUnsafe(16 * 1024);

/** Content of a file below /proc in a buffer that the next call overwrites; empty when it cannot be read. */
function slurp(path: string): Buffer {
  let fd: number;
  try {
    fd = openSync(path, "r");
  } catch {
    return buffer.subarray(0, 0);
  }
  try {
    let length = 0;
    for (;;) {
      const got = readSync(fd, buffer, length, buffer.byteLength - length, null);
      length += got;
      if (got === 0) return buffer.subarray(0, length);
      if (length === buffer.byteLength) buffer = Buffer.concat([buffer], 2 * length);
    }
  } catch {
    return buffer.subarray(0, 0);
  } finally {
    closeSync(fd);
  }
}

/** Whether processes can be looked at here at all (Linux). */
export function hasProc(): boolean {
  return readStat(process.pid) !== undefined;
}

/** All processes of the machine by number; on a system without /proc none. */
export function listPids(): number[] {
  try {
    return readdirSync("/proc").filter(isPid).map(Number);
  } catch {
    return [];
  }
}

function isPid(name: string): boolean {
  const first = name.charCodeAt(0);
  return first >= ZERO && first <= NINE;
}

export function readStat(pid: number): ProcessStat | undefined {
  const text = slurp(`/proc/${pid}/stat`).toString("latin1");
  const nameEnd = text.lastIndexOf(")"); // a process may call itself anything, spaces and brackets included
  if (nameEnd < 0) return undefined;
  const fields = text.slice(nameEnd + 2).split(" ");
  const field = (number: number): number => Number(fields[number - 3]);
  return {
    pid,
    state: fields[0] ?? "",
    ppid: field(4),
    session: field(6),
    cpuMs: (field(14) + field(15)) * MS_PER_TICK,
    waitedCpuMs: (field(16) + field(17)) * MS_PER_TICK,
    startTicks: field(22),
    rssBytes: field(24) * pageBytes(),
  };
}

/** The value of an environment variable with which a process (or the one it was forked from) was executed. */
export function readVariable(pid: number, name: string): string | undefined {
  const environ = slurp(`/proc/${pid}/environ`);
  const wanted = `${name}=`;
  const at = environ.indexOf(wanted) === 0 ? 0 : environ.indexOf(`\0${wanted}`) + 1;
  if (at === 0 && environ.indexOf(wanted) !== 0) return undefined;
  const end = environ.indexOf(0, at);
  return environ.toString("utf8", at + wanted.length, end < 0 ? environ.byteLength : end);
}

export function readCwd(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

/** A line such as "VmHWM" of /proc/PID/status, in bytes. */
export function readStatusBytes(pid: number | "self", line: string): number | undefined {
  return kilobytes(slurp(`/proc/${pid}/status`).toString("latin1"), line);
}

/** Resident bytes with shared pages divided among those who share them: dearer to ask than the resident set. */
export function readProportionalBytes(pid: number): number | undefined {
  return kilobytes(slurp(`/proc/${pid}/smaps_rollup`).toString("latin1"), "Pss");
}

function kilobytes(text: string, line: string): number | undefined {
  const match = new RegExp(`^${line}:\\s+(\\d+) kB`, "m").exec(text);
  return match === null ? undefined : Number(match[1]) * 1024;
}

/** Whether this process (and so what it starts) is stopped by the mode bits of files. */
export function modeBitsBind(): boolean {
  if (process.getuid?.() !== 0) return true;
  try {
    const match = /^CapEff:\s*([0-9a-f]+)/m.exec(readFileSync("/proc/self/status", "latin1"));
    return match !== null && (BigInt(`0x${match[1]}`) & CAP_DAC_OVERRIDE) === 0n;
  } catch {
    return false;
  }
}

const CAP_DAC_OVERRIDE = 2n;

let pageSize = 0;

/** Node has no call for it: our own resident set, told in pages and in bytes, gives it away. */
function pageBytes(): number {
  if (pageSize !== 0) return pageSize;
  const text = slurp("/proc/self/stat").toString("latin1");
  const pages = Number(text.slice(text.lastIndexOf(")") + 2).split(" ")[21]);
  const bytes = readStatusBytes("self", "VmRSS") ?? pages * 4096;
  pageSize = Math.max(4096, 2 ** Math.round(Math.log2(bytes / pages)));
  return pageSize;
}
