import { execFile } from "node:child_process";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** A network of its own that reaches this machine and nothing else. */
export interface SeparateNetwork {
  /** What runs a command in it, on a host of this name. */
  readonly through: readonly string[];
  readonly address: string;
}

/** Networks for workers that cannot reach each other, only the manager. Root only. */
export interface SeparateNetworks extends AsyncDisposable {
  /** Where the manager is seen from all of them. */
  readonly managerAddress: string;
  readonly networks: readonly SeparateNetwork[];
}

/** A range of its own for each test process, of those that nobody is connected to (RFC 2544). */
function linkOf(index: number): { readonly outside: string; readonly inside: string } {
  const block = `198.18.${process.pid % 250}`;
  return { outside: `${block}.${4 * index + 1}`, inside: `${block}.${4 * index + 2}` };
}

export async function separateNetworks(count: number): Promise<SeparateNetworks> {
  const names = Array.from({ length: count }, (_, index) => `vt${process.pid}n${index}`);
  const managerAddress = linkOf(0).outside;
  const dispose = async (): Promise<void> => {
    for (const name of names) await execute("ip", ["netns", "del", name]).catch(() => undefined);
  };
  try {
    for (const [index, name] of names.entries()) await connect(name, index, managerAddress);
  } catch (cause) {
    await dispose();
    throw cause;
  }
  const networks = names.map((name, index) => ({
    through: [
      "nsenter",
      `--net=/run/netns/${name}`,
      "unshare",
      "--uts",
      "sh",
      "-c",
      'hostname "$0"; exec "$@"',
      name,
    ],
    address: linkOf(index).inside,
  }));
  return { managerAddress, networks, [Symbol.asyncDispose]: dispose };
}

async function connect(name: string, index: number, managerAddress: string): Promise<void> {
  const { outside, inside } = linkOf(index);
  const lines = [
    ["netns", "add", name],
    ["link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", name],
    ["addr", "add", `${outside}/30`, "dev", name],
    ["link", "set", name, "up"],
    ["-n", name, "link", "set", "lo", "up"],
    ["-n", name, "addr", "add", `${inside}/30`, "dev", "eth0"],
    ["-n", name, "link", "set", "eth0", "up"],
    ...(index === 0 ? [] : [["-n", name, "route", "add", `${managerAddress}/32`, "via", outside]]),
  ];
  for (const line of lines) await execute("ip", line);
}
