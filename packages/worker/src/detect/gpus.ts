import { type ExecFileException, execFile } from "node:child_process";

const ASK_MS = 10_000;

/**
 * The graphics processors of this machine: their models, in the order of their numbers. None without nvidia-smi, and
 * where it does not work: `onUnusable` is told why then.
 */
export function detectGpus(
  command = "nvidia-smi",
  onUnusable: (reason: string) => void = () => undefined,
): Promise<string[]> {
  return new Promise((resolve) => {
    execFile(command, ["-L"], { timeout: ASK_MS }, (error, stdout, stderr) => {
      if (error === null) return resolve(parseGpuList(stdout));
      if (error.code !== "ENOENT") onUnusable(reasonOf(error, `${stderr}${stdout}`));
      resolve([]);
    });
  });
}

function reasonOf(error: ExecFileException, said: string): string {
  if (error.killed === true) return `it was silent for ${ASK_MS / 1000} s`;
  const [firstLine = ""] = said.trim().split("\n");
  if (firstLine !== "") return firstLine;
  return error.code === "EACCES" ? "this user may not run it" : `it ended with code ${error.code}`;
}

/** Lines such as `GPU 0: NVIDIA H100 (UUID: GPU-…)`. */
function parseGpuList(text: string): string[] {
  return [...text.matchAll(/^GPU \d+: (.+?)(?: \(UUID: .*)?$/gm)].map((match) => match[1] ?? "");
}

/** A feature that tasks can ask for: `gpu:nvidia-h100`. */
export function gpuFeature(model: string): string {
  return `gpu:${model
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")}`;
}
