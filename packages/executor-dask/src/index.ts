import { EXECUTOR_API, type ExecutorPlugin } from "@taskvine/core/executor";
import { PythonExecutor } from "./python/python-executor.js";

/** Runs Dask graphs for programs in Python: `vine manager --executor @taskvine/executor-dask`. */
export const executor: ExecutorPlugin = {
  name: "dask",
  api: EXECUTOR_API,
  create: (host) => new PythonExecutor(host),
};
