import type { BenchRow } from "./row.js";

/** A figure with as many digits as anyone reads: 1,234,567 or 12.3 or 0.0123. */
export function figure(value: number): string {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString("en-US");
  return String(Number(value.toPrecision(3)));
}

/** Rows as aligned columns, numbers to the right. */
export function table(rows: readonly BenchRow[]): string {
  const cells = [
    ["", "ours", "compared", "ratio", "unit", "compared with"],
    ...rows.map((row) => [
      row.name,
      figure(row.ours),
      figure(row.peer),
      figure(row.ratio),
      row.unit,
      row.peerName,
    ]),
  ];
  const widths =
    cells[0]?.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0))) ?? [];
  const numeric = new Set([1, 2, 3]);
  const pad = (cell: string, column: number): string =>
    numeric.has(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0);
  return cells.map((line) => `  ${line.map(pad).join("  ")}`.trimEnd()).join("\n");
}

export function printTable(rows: readonly BenchRow[]): void {
  process.stdout.write(`${table(rows)}\n`);
}
