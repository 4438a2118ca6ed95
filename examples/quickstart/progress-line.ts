import type { WriteStream } from "node:tty";

const REDRAW_MS = 100;
const SEPARATOR = " · ";

/**
 * One line on a terminal that is drawn again and again; nothing at all elsewhere. Its parts are in order of importance: what
 * does not fit the width is left out from the end, so that the line never wraps.
 */
export class ProgressLine implements Disposable {
  readonly #terminal: WriteStream | undefined;
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #parts: () => readonly string[];

  constructor(parts: () => readonly string[], stream: WriteStream = process.stderr) {
    this.#parts = parts;
    if (!stream.isTTY || process.env["TERM"] === "dumb") return;
    this.#terminal = stream;
    this.#timer = setInterval(() => this.#draw(), REDRAW_MS);
    this.#draw();
  }

  /** Takes the line away. */
  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#terminal?.write("\r\u001b[K");
  }

  #draw(): void {
    if (this.#terminal === undefined) return;
    const room = (this.#terminal.columns || 80) - 1;
    const [first = "", ...rest] = this.#parts();
    let line = first.slice(0, room);
    for (const part of rest) {
      if (line.length + SEPARATOR.length + part.length > room) break;
      line += `${SEPARATOR}${part}`;
    }
    this.#terminal.write(`\r${line}\u001b[K`);
  }
}
