import { EXECUTOR_API, type ExecutorPlugin } from "@taskvine/core/executor";
import { PythonExecutor } from "./python/python-executor.js";

export { DaskExecutor, type DaskExecutorOptions, type GetOptions } from "./javascript/dask-executor.js";
export { type TaskGraph } from "./javascript/task-graph.js";

/** Runs Dask graphs for programs in Python: `vine manager --executor @taskvine/executor-dask`. */
export const executor: ExecutorPlugin = {
  name: "dask",
  api: EXECUTOR_API,
  create: (host) => new PythonExecutor(host),
};
