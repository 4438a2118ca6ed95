import { readStat } from "../../launcher/processes/proc.js";

const FAR = 1_000;

/** Whether a process is a library's: in the session of its first process, or descended from it. False where that cannot be told. */
export function isKin(pid: number, main: number): boolean {
  for (let at = pid, count = 0; at > 1 && count < FAR; count++) {
    if (at === main) return true;
    const stat = readStat(at);
    if (stat === undefined) return false;
    if (stat.session === main) return true;
    at = stat.ppid;
  }
  return false;
}
