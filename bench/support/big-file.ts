import { randomBytes } from "node:crypto";
import { open } from "node:fs/promises";

const BLOCK_BYTES = 1024 * 1024;

/** Writes so many bytes that are unlike those of any other such file. */
export async function writeBigFile(path: string, bytes: number): Promise<void> {
  const block = randomBytes(BLOCK_BYTES);
  const file = await open(path, "w");
  try {
    for (let left = bytes; left > 0; left -= block.length) {
      await file.write(block, 0, Math.min(left, block.length));
    }
  } finally {
    await file.close();
  }
}
