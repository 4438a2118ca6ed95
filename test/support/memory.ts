import { readdir, readFile } from "node:fs/promises";

const KIB = 1024;
const LOOK_MS = 50;

/** Resident memory of a node process and its children that are node processes too, bytes. Linux only. */
export async function familyMemory(pid: number): Promise<number> {
  const children = await childrenOf(pid);
  const sizes = await Promise.all([pid, ...children].map(residentBytes));
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}

async function childrenOf(pid: number): Promise<number[]> {
  const tasks = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = await Promise.all(
    tasks.map((task) => readFile(`/proc/${pid}/task/${task}/children`, "utf8").catch(() => "")),
  );
  return lists.join(" ").split(/\s+/).filter(Boolean).map(Number);
}

async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * KIB;
}

/** Looks at an amount of memory again and again, and remembers the most. */
export class MostMemory {
  readonly #look: () => Promise<number>;
  #most = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(look: () => Promise<number>) {
    this.#look = look;
  }

  /** What it is now. */
  async begin(): Promise<number> {
    await this.#note();
    this.#timer = setInterval(() => void this.#note(), LOOK_MS);
    return this.#most;
  }

  /** The most that was seen. */
  async end(): Promise<number> {
    clearInterval(this.#timer);
    await this.#note();
    return this.#most;
  }

  async #note(): Promise<void> {
    this.#most = Math.max(this.#most, await this.#look());
  }
}
