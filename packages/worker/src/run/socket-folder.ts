import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The address of a socket has 108 bytes on Linux, 104 elsewhere; a name in the folder takes some of them. */
const LONGEST = 80;

/** A new folder that only we can enter, near the root. */
export async function makeSocketFolder(): Promise<string> {
  const prefix = join(tmpdir(), "vine-sockets-");
  return await mkdtemp(Buffer.byteLength(prefix) > LONGEST ? "/tmp/vine-sockets-" : prefix);
}
