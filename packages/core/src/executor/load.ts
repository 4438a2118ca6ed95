import { resolve as resolvePath, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { resolve as resolveModule } from "import-meta-resolve";
import { houseOf, type Manager } from "../manager/manager.js";
import { VineError } from "../model/errors.js";
import { EXECUTOR_API, type Executor, type ExecutorPlugin } from "./executor.js";
import { RunningExecutor } from "./running-executor.js";
import { TenantHost } from "./tenant-host.js";

/**
 * Finds an executor by the name of its package, or by the path of its module ("./…", "/…" or file:…), both as seen from the
 * working directory, and starts it in this manager. Rejects with EXECUTOR_NOT_FOUND, BAD_EXECUTOR, or what it makes of its options.
 */
export async function loadExecutor(
  place: string,
  manager: Manager,
  options: unknown = {},
): Promise<RunningExecutor> {
  const loaded = await load(place);
  return startExecutor(checkPlugin(loaded["executor"], place), manager, options);
}

/** Starts a plugin that is at hand. */
export async function startExecutor(
  plugin: ExecutorPlugin,
  manager: Manager,
  options: unknown = {},
): Promise<RunningExecutor> {
  const host = new TenantHost(houseOf(manager));
  try {
    const executor: unknown = await plugin.create(host, options);
    const running = new RunningExecutor(plugin.name, checkExecutor(executor, plugin.name), () => host.end());
    manager.events.once("closed", () => void running.close().catch(() => undefined));
    return running;
  } catch (thrown) {
    host.end();
    throw VineError.from(thrown, "EXECUTOR_FAILED");
  }
}

async function load(place: string): Promise<Record<string, unknown>> {
  const url = locate(place);
  try {
    return (await import(url)) as Record<string, unknown>;
  } catch (cause) {
    throw notFound(place, cause);
  }
}

function locate(place: string): string {
  if (place.startsWith("file:")) return place;
  if (/^(\.{0,2}\/|[A-Za-z]:[\\/])/.test(place)) return pathToFileURL(resolvePath(place)).href;
  try {
    return resolveModule(place, pathToFileURL(process.cwd() + sep).href);
  } catch (cause) {
    throw notFound(place, cause);
  }
}

function notFound(place: string, cause: unknown): VineError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new VineError("EXECUTOR_NOT_FOUND", `the executor ${place} cannot be loaded: ${why}`, { cause });
}

function checkPlugin(found: unknown, place: string): ExecutorPlugin {
  const plugin = found as Partial<ExecutorPlugin> | undefined;
  if (typeof plugin !== "object" || typeof plugin.create !== "function")
    throw new VineError("BAD_EXECUTOR", `${place} does not export an executor`, {
      hint: "It is to export `executor`: an object with name, api and create. See docs/WRITING-AN-EXECUTOR.md.",
    });
  if (plugin.api !== EXECUTOR_API)
    throw new VineError(
      "BAD_EXECUTOR",
      `${place} was written for version ${String(plugin.api)} of the executor interface, this manager has ${EXECUTOR_API}`,
      { hint: "Install a version of it that fits." },
    );
  if (typeof plugin.name !== "string" || plugin.name === "")
    throw new VineError("BAD_EXECUTOR", `the executor of ${place} has no name`);
  return plugin as ExecutorPlugin;
}

function checkExecutor(made: unknown, name: string): Executor {
  const executor = made as Partial<Executor> | undefined;
  if (
    typeof executor === "object" &&
    typeof executor.execute === "function" &&
    typeof executor.close === "function"
  )
    return executor as Executor;
  throw new VineError("BAD_EXECUTOR", `what ${name} creates is no executor: it needs execute and close`);
}
