import { VineError } from "./errors.js";

const BYTES: Readonly<Record<string, number>> = {
  "": 1,
  b: 1,
  k: 1e3,
  kb: 1e3,
  m: 1e6,
  mb: 1e6,
  g: 1e9,
  gb: 1e9,
  t: 1e12,
  tb: 1e12,
  ki: 2 ** 10,
  kib: 2 ** 10,
  mi: 2 ** 20,
  mib: 2 ** 20,
  gi: 2 ** 30,
  gib: 2 ** 30,
  ti: 2 ** 40,
  tib: 2 ** 40,
};

const MILLISECONDS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

const AMOUNT = /^(\d+(?:\.\d+)?|\.\d+)\s*([a-z]*)$/;

/** Bytes from a number, or from text such as "4GB", "512 MiB", "100k". `name` is the option's, for the error. */
export function parseBytes(value: string | number, name: string): number {
  if (typeof value === "number") return checked(value, value, name, "bytes");
  const bytes = amount(value, BYTES);
  return Math.round(checked(bytes, value, name, 'an amount of bytes, such as "4GB" or "512MiB"'));
}

/** Milliseconds from text such as "30s", "1.5h", "250ms". A bare number is seconds in text, milliseconds as a number. */
export function parseDuration(value: string | number, name: string): number {
  if (typeof value === "number") return checked(value, value, name, "milliseconds");
  const milliseconds = amount(value, { "": 1_000, ...MILLISECONDS });
  return Math.round(checked(milliseconds, value, name, 'a time span, such as "30s", "10m" or "2h"'));
}

/** For people: "1.5 GB", "12 B". */
export function printBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB", "PB"];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1_000;
    unit++;
  }
  return `${short(value)} ${units[unit] ?? ""}`;
}

/** For people: "250 ms", "1.5 s", "12 min", "2.5 h". */
export function printDuration(milliseconds: number): string {
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${short(milliseconds / 1_000)} s`;
  if (milliseconds < 3_600_000) return `${short(milliseconds / 60_000)} min`;
  if (milliseconds < 86_400_000) return `${short(milliseconds / 3_600_000)} h`;
  return `${short(milliseconds / 86_400_000)} d`;
}

function amount(text: string, units: Readonly<Record<string, number>>): number {
  const match = AMOUNT.exec(text.trim().toLowerCase());
  const unit = match?.[2] ?? "";
  if (match === null || !Object.hasOwn(units, unit)) return Number.NaN;
  return Number(match[1]) * (units[unit] ?? Number.NaN);
}

function checked(value: number, given: string | number, name: string, wanted: string): number {
  if (Number.isFinite(value) && value >= 0 && value <= Number.MAX_SAFE_INTEGER) return value;
  throw new VineError("BAD_ARGUMENT", `${name} must be ${wanted}, not ${JSON.stringify(given)}`);
}

function short(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(Math.round(value * 10) / 10);
}
