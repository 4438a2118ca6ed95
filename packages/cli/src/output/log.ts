const LEVELS = ["debug", "info", "warn", "error"] as const;

export type LogLevel = (typeof LEVELS)[number];
export const LOG_LEVELS: readonly string[] = LEVELS;

/** Lines for people: time, level, words. One line each, whatever is in the words. */
export class Log {
  readonly #least: number;
  readonly #write: (line: string) => void;

  constructor(least: LogLevel, write: (line: string) => void = (line) => void process.stderr.write(line)) {
    this.#least = LEVELS.indexOf(least);
    this.#write = write;
  }

  line(level: LogLevel, words: string): void {
    if (LEVELS.indexOf(level) < this.#least) return;
    const time = new Date().toISOString().slice(0, 23).replace("T", " ");
    this.#write(`${time} ${level.padEnd(5)} ${oneLine(words)}\n`);
  }
}

/** Nothing that a terminal would obey: line ends and other control characters are shown, not sent. */
export function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (character) => {
    if (character === "\n") return "\\n";
    return character === "\t" ? " " : `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
  });
}
