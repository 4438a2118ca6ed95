import type { Spread, SpreadCopy } from "../support/spread.js";

/** One way of spreading, as a panel of bars: when each worker got its copy, coloured by who gave it. */
export interface Panel {
  readonly title: string;
  readonly spread: Spread;
}

const WIDTH = 800;
const LEFT = 70;
const RIGHT = 20;
const ROW = 11;
const HEAD = 34;
const FOOT = 22;
const TOP = 34;
const TICKS = 5;
const COLOURS = { manager: "#c44e52", host: "#8da0cb", peer: "#4c72b0" } as const;

export function timelineSvg(title: string, panels: readonly Panel[]): string {
  const endS = Math.max(...panels.map(({ spread }) => spread.seconds));
  const heights = panels.map(({ spread }) => HEAD + spread.copies.length * ROW + FOOT);
  const height = TOP + heights.reduce((sum, each) => sum + each, 0) + FOOT;
  let top = TOP;
  const drawn = panels.map((panel, index) => {
    const group = `<g transform="translate(0 ${top})">${panelSvg(panel, endS)}</g>`;
    top += heights[index] ?? 0;
    return group;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="DejaVu Sans, sans-serif">`,
    `<rect width="${WIDTH}" height="${height}" fill="white"/>`,
    text(LEFT, 20, title, 'font-size="14" font-weight="bold"'),
    ...drawn,
    legend(top + 10),
    "</svg>",
  ].join("\n");
}

function panelSvg({ title, spread }: Panel, endS: number): string {
  const x = (seconds: number): number => LEFT + (seconds / endS) * (WIDTH - LEFT - RIGHT);
  const copies = [...spread.copies].sort((a, b) => order(a).localeCompare(order(b)));
  const hosts = new Map(copies.map(({ worker, host }) => [worker, host]));
  const bars = copies.map((copy, index) => {
    const y = HEAD + index * ROW;
    const width = Math.max(1, x(copy.arrivedS) - x(copy.beganS));
    const colour = COLOURS[kindOf(copy, hosts)];
    return (
      `<rect x="${x(copy.beganS)}" y="${y}" width="${width}" height="${ROW - 2}" fill="${colour}"/>` +
      text(LEFT - 6, y + 8, `${copy.host} ${copy.worker}`, 'font-size="8" text-anchor="end"')
    );
  });
  const caption = `${title}: ${spread.seconds.toFixed(1)} s; the manager sent ${spread.managerCopies.toFixed(1)} copies`;
  return [
    text(LEFT, 24, caption, 'font-size="11"'),
    ...bars,
    ...ticks(endS, x, HEAD + copies.length * ROW),
  ].join("");
}

function ticks(endS: number, x: (seconds: number) => number, bottom: number): string[] {
  const step = Math.max(1, Math.ceil(endS / TICKS));
  return Array.from({ length: Math.floor(endS / step) + 1 }, (_, index) => {
    const at = x(index * step);
    return (
      `<line x1="${at}" y1="${HEAD - 3}" x2="${at}" y2="${bottom}" stroke="#999" stroke-width="0.4"/>` +
      text(at, bottom + 10, `${index * step} s`, 'font-size="8" text-anchor="middle"')
    );
  });
}

function legend(y: number): string {
  const entries = [
    ["manager", "from the manager"],
    ["peer", "from a worker on another host"],
    ["host", "from a worker on the same host"],
  ] as const;
  return entries
    .map(([kind, words], index) => {
      const x = LEFT + index * 220;
      const box = `<rect x="${x}" y="${y - 8}" width="9" height="9" fill="${COLOURS[kind]}"/>`;
      return box + text(x + 14, y, words, 'font-size="9"');
    })
    .join("");
}

function kindOf({ from, host }: SpreadCopy, hosts: ReadonlyMap<string, string>): keyof typeof COLOURS {
  if (from === "manager") return "manager";
  return hosts.get(from) === host ? "host" : "peer";
}

/** By host, then by number. */
function order({ host, worker }: SpreadCopy): string {
  return `${host} ${worker.slice(1).padStart(3, "0")}`;
}

function text(x: number, y: number, words: string, style: string): string {
  const escaped = words.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<text x="${x}" y="${y}" fill="#222" ${style}>${escaped}</text>`;
}
