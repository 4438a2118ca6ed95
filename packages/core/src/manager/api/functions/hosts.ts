import { extname } from "node:path";
import { parseBytes } from "../../../model/units.js";
import { type Bytes, bad, text } from "../draft.js";
import { Library } from "./library.js";

/** Libraries for the hosts that come with every worker. */

const MEBIBYTE = 1024 * 1024;
const CONFIGURATION = "library.json";
const START_PYTHON = `exec "\${VINE_PYTHON:-python3}" "$VINE_PYTHON_HOST" ${CONFIGURATION}`;
const START_JAVASCRIPT = `exec "$VINE_NODE" "$VINE_JAVASCRIPT_HOST" ${CONFIGURATION}`;
const PYTHON_MODES = ["direct", "fork", "threads"] as const;

export interface JavaScriptLibraryOptions {
  /** File of this machine: an ES module (or CommonJS) whose exported functions can be called. */
  readonly module?: string;
  /** The text of an ES module, instead of a file. */
  readonly source?: string;
  /** Calls at the same time, each in a thread. Default 1. */
  readonly slots?: number;
  /** Names that can be called, so that a wrong one is refused at once. Default: all that the module exports. */
  readonly functions?: readonly string[];
  /** What the module imports or reads beside itself: paths of this machine by their names in the library's folder. */
  readonly files?: Readonly<Record<string, string>>;
  /**
   * Most that the objects of one thread may take, e.g. "256 MB": a call that takes more fails alone. Buffers do not count.
   * Default: what Node.js gives, some gigabytes. A call's own `memory` goes before it.
   */
  readonly heap?: Bytes;
}

/**
 * A library of the functions that a JavaScript module exports. Arguments and results are what structured clone can copy:
 * also typed arrays, maps, dates and big integers. Arguments by name come as one object, after the others.
 */
export function javascriptLibrary(name: string, options: JavaScriptLibraryOptions): Library {
  const { module, source, slots = 1, functions, files = {}, heap } = options;
  if ((module === undefined) === (source === undefined))
    throw bad(`the library ${name} needs either the path of a module or the source of one`);
  const place = `library${extname(module ?? "") || ".mjs"}`;
  const library = new Library(name, START_JAVASCRIPT).slots(slots).encoding("v8");
  if (module !== undefined) library.inputPath(module, place);
  if (source !== undefined) library.inputBuffer(source, place);
  addFiles(library, files);
  if (functions !== undefined) library.functions(...functions);
  return configure(library, {
    module: `./${place}`,
    slots,
    ...(functions === undefined ? {} : { functions }),
    ...(heap === undefined ? {} : { heapMb: Math.ceil(parseBytes(heap, "heap") / MEBIBYTE) }),
  });
}

export interface PythonLibraryOptions {
  /** What can be called, and where it is: `{ add: "module:add" }`. */
  readonly functions: Readonly<Record<string, string>>;
  /**
   * `direct` (the default): calls run in the processes of the library, one at a time in each; the fastest.
   * `fork`: each call in a child of its own, which can crash, leak and be stopped without harm to others.
   * `threads`: calls share one process, for functions that wait or release the interpreter's lock.
   */
  readonly mode?: (typeof PYTHON_MODES)[number];
  /** Calls at the same time. Default 1. */
  readonly slots?: number;
  /** Modules that are imported before the first call. */
  readonly imports?: readonly string[];
  /** Function that loads what calls share, as "module:function": they get its result from `taskvine_call.context()`. */
  readonly context?: string;
  /** Python files, packages and data: paths of this machine by their names in the library's folder. */
  readonly files?: Readonly<Record<string, string>>;
  /** Folders in the library's folder where modules are looked for. Default: the folder itself. */
  readonly path?: readonly string[];
}

/** A library of Python functions. Arguments and results are what JSON can hold. */
export function pythonLibrary(name: string, options: PythonLibraryOptions): Library {
  const { functions, mode = "direct", slots = 1, imports = [], context, files = {}, path = ["."] } = options;
  if (!PYTHON_MODES.includes(mode))
    throw bad(`the mode of a Python library is ${PYTHON_MODES.join(", ")}, not ${JSON.stringify(mode)}`);
  checkPlaces(name, { ...functions, ...(context === undefined ? {} : { context }) });
  const library = new Library(name, START_PYTHON).slots(slots).functions(...Object.keys(functions));
  addFiles(library, files);
  const shared = context === undefined ? {} : { context };
  return configure(library, { mode, slots, functions, imports, path, ...shared });
}

function addFiles(library: Library, files: Readonly<Record<string, string>>): void {
  for (const [place, path] of Object.entries(files)) library.inputPath(path, place);
}

function configure(library: Library, configuration: object): Library {
  return library.inputBuffer(`${JSON.stringify(configuration, null, 2)}\n`, CONFIGURATION);
}

function checkPlaces(library: string, functions: Readonly<Record<string, string>>): void {
  if (Object.keys(functions).length === 0) throw bad(`the library ${library} needs functions`);
  for (const [name, place] of Object.entries(functions)) {
    if (!/^[^:]+:[^:]+$/.test(text(`the place of ${name}`, place)))
      throw bad(`${name} of the library ${library} is "module:function", not ${JSON.stringify(place)}`);
  }
}
