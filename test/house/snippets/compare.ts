import type { Expected } from "./markdown.js";

const ANY = "…";

function asPattern(line: string): string {
  return line
    .split(ANY)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join(".*");
}

function inOrder(expected: readonly string[]): RegExp {
  const parts = expected.map((line) =>
    line.trim() === ANY ? "(?:.*\n)*?" : `${asPattern(line.trimEnd())}[ \t]*\n`,
  );
  return new RegExp(`^${parts.join("")}$`);
}

/** Undefined when what was printed is what the document shows; else both, for people. */
export function difference(printed: string, expected: Expected): string | undefined {
  const tidy = (text: string): string[] => text.trim().split("\n");
  const [have, want] = [tidy(printed), tidy(expected.text)];
  const fits = expected.anyOrder
    ? have.length === want.length &&
      want.every((line) => have.some((other) => inOrder([line]).test(`${other}\n`)))
    : inOrder(want).test(`${have.join("\n")}\n`);
  return fits ? undefined : `the document shows\n${want.join("\n")}\nbut it printed\n${have.join("\n")}`;
}
