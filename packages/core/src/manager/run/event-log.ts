import { type FileHandle, open, rename } from "node:fs/promises";
import { jsonLine } from "../../model/json-line.js";

export type LogLevel = "info" | "warn" | "error";

const GATHER_MS = 50;
/** Most bytes that wait to be written; lines beyond are counted and dropped. */
const MOST_WAITING = 16 * 1024 * 1024;
/** A log that is larger moves to `<file>.1`, over the one before. */
const MOST_IN_FILE = 256 * 1024 * 1024;

/** One JSON line per thing that happened: `{"time":…,"level":…,"event":…, …}`. Never makes anybody wait. */
export class EventLog {
  readonly #path: string;
  #file: FileHandle;
  #waiting: string[] = [];
  #waitingBytes = 0;
  #written = 0;
  #dropped = 0;
  #pump: Promise<void> | undefined;
  #hurry: (() => void) | undefined;

  private constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
  }

  static async open(path: string): Promise<EventLog> {
    return new EventLog(path, await open(path, "a", 0o600));
  }

  write(level: LogLevel, event: string, facts: Readonly<Record<string, unknown>> = {}): void {
    if (this.#waitingBytes > MOST_WAITING) {
      this.#dropped += 1;
      return;
    }
    const line = `${jsonLine({ time: new Date().toISOString(), level, event, ...facts })}\n`;
    this.#waiting.push(line);
    this.#waitingBytes += line.length;
    this.#pump ??= this.#drainSoon();
  }

  async close(): Promise<void> {
    if (this.#dropped > 0) this.write("warn", "log-lines-dropped", { count: this.#dropped });
    this.#hurry?.();
    await this.#pump;
    await this.#file.close();
  }

  /** Lines of a short while are written together: one write for each would cost more than what they tell of. */
  async #drainSoon(): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, GATHER_MS);
      this.#hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#hurry = undefined;
    await this.#drain();
    this.#pump = undefined;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const text = this.#waiting.join("");
      this.#waiting = [];
      this.#waitingBytes = 0;
      await this.#append(text).catch(() => {
        this.#dropped += 1;
      });
    }
  }

  async #append(text: string): Promise<void> {
    await this.#file.appendFile(text);
    this.#written += text.length;
    if (this.#written < MOST_IN_FILE) return;
    await this.#file.close();
    await rename(this.#path, `${this.#path}.1`);
    this.#file = await open(this.#path, "a", 0o600);
    this.#written = 0;
  }
}
