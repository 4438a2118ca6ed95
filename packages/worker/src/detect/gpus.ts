import { execFile } from "node:child_process";

const ASK_MS = 10_000;

/** The graphics processors of this machine: their models, in the order of their numbers. Empty without nvidia-smi. */
export function detectGpus(command = "nvidia-smi"): Promise<string[]> {
  return new Promise((resolve) => {
    execFile(command, ["-L"], { timeout: ASK_MS }, (error, stdout) => {
      resolve(error === null ? parseGpuList(stdout) : []);
    });
  });
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
