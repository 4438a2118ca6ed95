import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { writePng } from "../chart/png.js";
import { type Panel, timelineSvg } from "../chart/timeline.js";
import type { BenchOptions, BenchRow } from "../row.js";
import { type Spread, treeLines } from "../support/spread.js";

/** What is run in a network of virtual hosts. */
export interface NetworkRun {
  readonly hosts: number;
  readonly workersPerHost: number;
  readonly bytes: number;
  readonly peerTransfer: boolean;
  /** Workers of one host link each other's files. */
  readonly localLinks: boolean;
}

const RATE = "100mbit";
const NETWORK = { hosts: 4, workersPerHost: 4, bytes: 25e6 };
const WORKERS = NETWORK.hosts * NETWORK.workersPerHost;
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const execute = promisify(execFile);

/** The same between virtual hosts, with a figure; nothing where they are not allowed. */
export async function broadcastInNetwork(say: BenchOptions["say"]): Promise<readonly BenchRow[]> {
  const lack = await whatLacks();
  if (lack !== undefined) {
    say(`no network of virtual hosts here: ${lack}`);
    return [];
  }
  const alone = await inNetwork({ ...NETWORK, peerTransfer: false, localLinks: false });
  const tree = await inNetwork({ ...NETWORK, peerTransfer: true, localLinks: false });
  const linked = await inNetwork({ ...NETWORK, peerTransfer: true, localLinks: true });
  for (const line of treeLines(tree.copies)) say(line);
  const file = await draw([
    { title: `${WORKERS} copies from the manager`, spread: alone },
    { title: "a tree of copies", spread: tree },
    { title: "a tree of copies, linked within a host", spread: linked },
  ]);
  say(`drawn in ${file}`);
  return [
    row("all have it, four hosts", "s", [tree.seconds, alone.seconds]),
    row("sent by the manager, four hosts", "copies", [tree.managerCopies, alone.managerCopies]),
    row("all have it, four hosts, links within a host", "s", [linked.seconds, alone.seconds]),
  ];
}

function row(name: string, unit: string, [ours, peer]: readonly [number, number]): BenchRow {
  const peerName = `${WORKERS} copies from the manager (less is better)`;
  return { name, unit, ours, peer, peerName, ratio: ours / peer };
}

/** Undefined when networks can be made here. */
async function whatLacks(): Promise<string | undefined> {
  try {
    await execute("unshare", ["-Urnm", here("../../net/network.sh"), "1", RATE, "hostname"]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.message.split("\n")[1] ?? error.message) : String(error);
  }
}

async function inNetwork(run: NetworkRun): Promise<Spread> {
  const program = [process.execPath, here("./manager-host.js"), JSON.stringify(run)];
  const words = ["-Urnm", here("../../net/network.sh"), String(run.hosts), RATE, ...program];
  const { stdout } = await execute("unshare", words);
  return JSON.parse(stdout) as Spread;
}

async function draw(panels: readonly Panel[]): Promise<string> {
  const folder = here("../../results");
  await mkdir(folder, { recursive: true });
  const file = `${folder}/broadcast.png`;
  const bytes = Math.round(NETWORK.bytes / 1e6);
  const title = `${bytes} MB to ${WORKERS} workers on ${NETWORK.hosts} hosts of 100 Mbit/s`;
  await writePng(timelineSvg(title, panels), file);
  return "bench/results/broadcast.png";
}
