import type { taskvine } from "#wire";
import { attempt, taskId } from "../../model/ids.js";
import { LIMITS } from "../../model/limits.js";
import type { Allocation } from "../../model/resources.js";
import { badFrame, present, readAmount, readCount, readId, readList, readText, whole } from "../checks.js";
import type { RunningAttempt } from "../worker-message.js";

/** Parts that several messages are made of. */

type WireResources = taskvine.worker.Resources.$Properties;
type WireEnvVar = taskvine.worker.EnvVar.$Properties;

export function readAttempt(wire: { readonly task: number; readonly attempt: number }): RunningAttempt {
  return { task: readId(wire.task, taskId, "a task"), attempt: readId(wire.attempt, attempt, "an attempt") };
}

export function writeResources(amounts: Allocation): WireResources {
  return {
    cores: amounts.cores,
    memory: whole(amounts.memory),
    disk: whole(amounts.disk),
    gpus: amounts.gpus,
    gpuIds: amounts.gpuIds as number[],
  };
}

export function readResources(wire: taskvine.worker.Resources | null | undefined): Allocation {
  const amounts = present(wire, "resources");
  return {
    cores: readAmount(amounts.cores, LIMITS.workerCores, "cores"),
    memory: readCount(amounts.memory, "memory"),
    disk: readCount(amounts.disk, "disk"),
    gpus: readAmount(amounts.gpus, LIMITS.workerGpus, "gpus"),
    gpuIds: readList(amounts.gpuIds, LIMITS.workerGpus, "gpu numbers"),
  };
}

export function writeEnv(env: Readonly<Record<string, string | null>>): WireEnvVar[] {
  const variables: WireEnvVar[] = [];
  for (const name of Object.keys(env)) {
    const value = env[name] ?? null;
    variables.push({ name: name, value: value === null ? null : value });
  }
  return variables;
}

/** Without a prototype: no name in it can mean anything else. */
export function readEnv(
  wire: readonly { readonly name: string; readonly value: string | null }[],
): Record<string, string | null> {
  const env = Object.create(null) as Record<string, string | null>;
  let bytes = 0;
  for (const { name, value } of wire) {
    if (name === "" || name.includes("=") || name.includes("\0")) throw badFrame("a bad name of a variable");
    if (value?.includes("\0")) throw badFrame(`variable ${name} holds a NUL`);
    bytes += name.length + (value?.length ?? 0);
    if (bytes > LIMITS.envBytes) throw badFrame(`an environment of more than ${LIMITS.envBytes} bytes`);
    env[name] = value;
  }
  return env;
}

export function readCommand(command: string): string {
  if (command.includes("\0")) throw badFrame("a command that holds a NUL");
  return readText(command, LIMITS.commandBytes, "a command");
}
