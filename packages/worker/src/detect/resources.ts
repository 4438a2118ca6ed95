import { mkdirSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { availableParallelism, totalmem } from "node:os";
import type { Resources } from "@taskvine/core/model";
import { cgroupLimits } from "./cgroup.js";
import { detectGpus, gpuFeature } from "./gpus.js";

/** Of the free disk, what a worker takes when it is not told. */
const DISK_SHARE = 0.5;

/** What a worker offers: as told, and for the rest as found. `features` are those of the gpus. `onGpusUnknown`: none are offered, and why. */
export async function detectResources(
  told: Partial<Resources>,
  directory: string,
  onGpusUnknown?: (reason: string) => void,
): Promise<{ resources: Resources; features: string[] }> {
  const limits = cgroupLimits();
  const models = told.gpus === 0 ? [] : await detectGpus(undefined, onGpusUnknown);
  const gpus = told.gpus ?? models.length;
  const resources = {
    cores: told.cores ?? wholeCores(limits.cores),
    memory: told.memory ?? Math.min(totalmem(), limits.memory ?? Number.POSITIVE_INFINITY),
    disk: told.disk ?? (await freeDisk(directory)),
    gpus,
  };
  return { resources, features: gpus > 0 ? [...new Set(models.map(gpuFeature))] : [] };
}

/** The processors that this process may run on, or what its quota is worth in whole ones. */
function wholeCores(quota: number | undefined): number {
  return Math.max(1, Math.floor(Math.min(availableParallelism(), quota ?? Number.POSITIVE_INFINITY)));
}

async function freeDisk(directory: string): Promise<number> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const { bavail, bsize } = await statfs(directory);
  return Math.floor(bavail * bsize * DISK_SHARE);
}
