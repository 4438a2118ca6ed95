import {
  type JavaScriptLibraryOptions,
  javascriptLibrary,
  type PythonLibraryOptions,
  pythonLibrary,
} from "../../manager/api/functions/hosts.js";
import type { Library } from "../../manager/api/functions/library.js";
import { VineError } from "../../model/errors.js";
import { EXECUTOR_API, type ExecutorPlugin } from "../executor.js";
import { FunctionExecutor } from "./function-executor.js";

export { FunctionExecutor, type SubmittedCall } from "./function-executor.js";
export { type MapOptions } from "./ordered-map.js";

/** Which library: `{ name?, javascript: { module, … } }` or `{ name?, python: { functions, … } }`. */
interface FunctionExecutorOptions {
  readonly name?: string;
  readonly javascript?: JavaScriptLibraryOptions;
  readonly python?: PythonLibraryOptions;
}

export const executor: ExecutorPlugin = {
  name: "functions",
  api: EXECUTOR_API,
  create: (host, options) => new FunctionExecutor(host, libraryOf(options)),
};

function libraryOf(options: unknown): Library {
  const { name = "functions", javascript, python } = (options ?? {}) as FunctionExecutorOptions;
  if (javascript !== undefined && python === undefined) return javascriptLibrary(name, javascript);
  if (python !== undefined && javascript === undefined) return pythonLibrary(name, python);
  throw new VineError("BAD_ARGUMENT", "the options of this executor name one library: javascript or python");
}
