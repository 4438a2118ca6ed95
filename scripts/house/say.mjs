const colours = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;

const paint = (code) => (text) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);
export const green = paint(32);
export const red = paint(31);
export const yellow = paint(33);
export const dim = paint(2);
export const bold = paint(1);

/** One line for people. */
export function say(line) {
  process.stdout.write(`${line}\n`);
}

/** A problem that the user can do something about: shown as its sentence, without a stack. */
export class Problem extends Error {}

/** Runs a script's main function: a Problem becomes its sentence on stderr and exit code 1. */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    process.exitCode = 1;
    process.stderr.write(`\n${red("✗")} ${error instanceof Problem ? error.message : error.stack}\n`);
  }
}

/** 850 → "0.9 s", 75_000 → "1 min 15 s". */
export function duration(ms) {
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
