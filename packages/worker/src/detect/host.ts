import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { hostname, networkInterfaces, userInfo } from "node:os";

/** Same for processes that can link each other's files: one machine, one boot, one user. */
export function hostId(): string {
  const parts = [
    text("/etc/machine-id"),
    text("/proc/sys/kernel/random/boot_id"),
    hostname(),
    String(userInfo().uid),
  ];
  return createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 32);
}

/** Addresses under which other machines may reach this one, and our own machine. Most useful first. */
export function dataHosts(): string[] {
  const outward: string[] = [];
  for (const addresses of Object.values(networkInterfaces())) {
    for (const address of addresses ?? []) {
      if (!address.internal && address.family === "IPv4") outward.push(address.address);
    }
  }
  return [...outward, "127.0.0.1"];
}

function text(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return "";
  }
}
