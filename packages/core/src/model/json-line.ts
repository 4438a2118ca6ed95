/** Not escaped by JSON, though terminals obey some of them and some programs break lines at others. */
const CONTROL_CHARACTER = /[\u007f-\u009f\u2028\u2029]/g;

/** A value as one line of JSON that a terminal may be shown. */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value).replace(
    CONTROL_CHARACTER,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
