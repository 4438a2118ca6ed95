import { pathToFileURL } from "node:url";

/** The library has no such function; the message is a sentence. */
export class UnknownFunction extends Error {}

/** How a thread is to load the user's module. */
export interface LibraryPlace {
  readonly module: string;
  /** Exports that may be called; undefined: all functions. */
  readonly functions: readonly string[] | undefined;
  readonly name: string;
}

type AnyFunction = (...args: unknown[]) => unknown;

/** What functions find as `this`. */
interface CallThis {
  /** What the module's `setup` returned in this thread. */
  readonly context: unknown;
  /** The call's own folder. */
  readonly sandbox?: string;
}

/** The user's module, in one thread. */
export class LoadedLibrary {
  readonly plainThis: CallThis;
  readonly #name: string;
  readonly #functions: ReadonlyMap<string, AnyFunction>;

  constructor(name: string, functions: ReadonlyMap<string, AnyFunction>, context: unknown) {
    this.#name = name;
    this.#functions = functions;
    this.plainThis = Object.freeze({ context });
  }

  names(): readonly string[] {
    return [...this.#functions.keys()].sort();
  }

  find(name: string): AnyFunction {
    const found = this.#functions.get(name);
    if (found !== undefined) return found;
    throw new UnknownFunction(
      `the library "${this.#name}" has no function "${name}"; it has ${this.names().join(", ") || "none"}`,
    );
  }
}

/** Imports the module and runs its `setup`. Rejects with whatever went wrong there. */
export async function loadLibrary({ module, functions, name }: LibraryPlace): Promise<LoadedLibrary> {
  const exported = allExports((await import(pathToFileURL(module).href)) as Record<string, unknown>);
  const wanted = functions ?? Object.keys(exported).filter((key) => isCallable(exported, key));
  const missing = wanted.find((key) => typeof exported[key] !== "function");
  if (missing !== undefined) throw new Error(`${module} exports no function "${missing}"`);
  const setup = exported["setup"];
  const context: unknown = typeof setup === "function" ? await (setup as AnyFunction)() : undefined;
  return new LoadedLibrary(name, new Map(wanted.map((key) => [key, exported[key] as AnyFunction])), context);
}

/** What a CommonJS module exports is not always seen as names of its own. */
function allExports(module: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const whole = module["default"];
  return typeof whole === "object" && whole !== null ? { ...whole, ...module } : module;
}

function isCallable(exported: Readonly<Record<string, unknown>>, key: string): boolean {
  return key !== "setup" && key !== "default" && typeof exported[key] === "function";
}
