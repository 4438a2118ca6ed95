import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { connect } from "node:net";

/** Processes that carry `NAME=value` in their environment, as "pid command". Linux only; elsewhere none. */
export async function markedProcesses([name, value]: readonly [string, string]): Promise<string[]> {
  const pids = (await readdir("/proc").catch(() => [])).filter((entry) => /^\d+$/.test(entry));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const environ = await readFile(`/proc/${pid}/environ`, "latin1").catch(() => "");
      if (!environ.split("\0").includes(`${name}=${value}`)) return [];
      const command = await readFile(`/proc/${pid}/cmdline`, "latin1").catch(() => "");
      return command === "" ? [] : [`${pid} ${command.replaceAll("\0", " ")}`];
    }),
  );
  return found.flat();
}

/** Does anybody listen there? */
export async function isListening(port: number): Promise<boolean> {
  const socket = connect({ port, host: "127.0.0.1" });
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
