import { expect } from "chai";
import type { Event } from "../../../coordinator/event.js";
import type { LibrarySpec } from "../../../libraries/library.js";
import { type ErrorCode, VineError } from "../../../model/errors.js";
import { libraryId, taskId } from "../../../model/ids.js";
import type { TaskSpec } from "../../../tasks/task.js";
import { Declarer } from "../../content/declarer.js";
import { FileRegister } from "../../content/file-register.js";
import { type CallSource, callSpec } from "./call-spec.js";
import { FunctionCall } from "./function-call.js";
import { javascriptLibrary, pythonLibrary } from "./hosts.js";
import { Libraries } from "./libraries.js";
import { Library } from "./library.js";

/** The declaring part of a manager, and what its coordinator is told. */
class Desk {
  readonly events: Event[] = [];
  readonly declarer: Declarer;
  readonly libraries: Libraries;
  #last = 0;

  constructor() {
    const post = (event: Event): void => void this.events.push(event);
    const owner = { contents: () => Promise.resolve(Buffer.alloc(0)), saveTo: () => Promise.resolve() };
    const declarer = new Declarer({ owner, files: new FileRegister(), post });
    this.declarer = declarer;
    this.libraries = new Libraries({
      source: declarer,
      declarePath: (path) => declarer.local(path, {}).id,
      declareValue: (label, encoding) => declarer.value(label, encoding),
      takeId: () => libraryId((this.#last += 1)),
      add: () => undefined,
      post,
      status: () => undefined,
    });
  }

  spec(call: FunctionCall): TaskSpec {
    const { declarer, libraries } = this;
    const source: CallSource = {
      owner: declarer.owner,
      isDeclared: (file) => declarer.isDeclared(file),
      declareBytes: (bytes, label) => declarer.declareBytes(bytes, label),
      library: (named) => libraries.find(named),
    };
    return callSpec(call, taskId(1), source).spec;
  }

  declared(library: Library): LibrarySpec | undefined {
    this.libraries.declare(library);
    const event = this.events.find(({ type }) => type === "library-declared");
    return event?.type === "library-declared" ? event.library : undefined;
  }
}

function textOf(spec: TaskSpec): unknown {
  return JSON.parse(Buffer.from(spec.call?.args ?? []).toString());
}

function expectRefusal(code: ErrorCode, sentence: string, mistake: () => unknown): void {
  expect(mistake).to.throw(VineError, sentence).with.property("code", code);
}

describe("a function call", () => {
  it("says which function of which library, with what, and how it is to be treated", () => {
    const desk = new Desk();
    const library = desk.libraries.declare(new Library("lib", "serve"));
    const call = new FunctionCall(library, "f", [1, "two"], { three: 3 })
      .tag("t")
      .priority(2)
      .retries(0)
      .memory("1 GB")
      .maxWallTime("2s");
    const spec = desk.spec(call);
    expect(textOf(spec)).to.deep.equal([[1, "two"], { three: 3 }]);
    expect(spec).to.deep.include({ command: "", tag: "t", priority: 2, retries: 0, wallTimeMs: 2_000 });
    expect(spec.resources).to.deep.equal({ memory: 1e9 });
    expect(spec.call).to.include({ library: library.id, function: "f", encoding: "json", keep: false });
    expect([spec.inputs, spec.outputs]).to.deep.equal([[], []]);
  });

  it("gets files as paths and other calls as values, each once", () => {
    const desk = new Desk();
    const library = desk.libraries.declare(new Library("lib", "serve"));
    const file = desk.declarer.temp({});
    const first = new FunctionCall(library, "f");
    const spec = desk.spec(new FunctionCall(library, "g", [file, [first, first.value], { again: file }]));
    expect(spec.inputs).to.deep.equal([
      { file: file.id, name: "argument-0", use: "path" },
      { file: first.value.id, name: "argument-1", use: "value" },
    ]);
    const [path, value] = [{ $vine: "argument-0" }, { $vine: "argument-1" }];
    expect(textOf(spec)).to.deep.equal([[path, [value, value], { again: path }], {}]);
  });

  it("has a file for its value as soon as anybody names it, and no other", () => {
    const desk = new Desk();
    const library = desk.libraries.declare(new Library("lib", "serve"));
    const plain = new FunctionCall(library, "f");
    const named = new FunctionCall(library, "f");
    const kept = new FunctionCall("lib", "f").keepInCluster();
    const reader = new FunctionCall(library, "g", [{ deep: [named] }]);
    for (const call of [plain, named, kept, reader]) call.markSubmitted();
    const outputs = [plain, named, kept].map((call) => desk.spec(call).outputs);
    expect(outputs.map((list) => list.length)).to.deep.equal([0, 1, 1]);
    expect(outputs[1]?.[0]).to.deep.equal({
      file: named.value.id,
      name: "",
      when: "success",
      watch: false,
      use: "value",
    });
    expect(desk.spec(kept).call?.keep).to.equal(true);
    expectRefusal("BAD_ARGUMENT", "without a file for its value", () => plain.value);
  });

  it("is refused where it cannot be right, with the place in its arguments", () => {
    const [desk, other] = [new Desk(), new Desk()];
    const library = desk.libraries.declare(new Library("lib", "serve").functions("f"));
    const clone = desk.libraries.declare(new Library("clone", "serve").encoding("v8"));
    const foreign = other.libraries.declare(new Library("lib", "serve"));
    const make = (...args: unknown[]) => desk.spec(new FunctionCall(library, "f", args));
    expectRefusal("UNKNOWN_FUNCTION", "it has f", () => desk.spec(new FunctionCall(library, "g")));
    expectRefusal("UNKNOWN_LIBRARY", "there are lib, clone", () => desk.spec(new FunctionCall("li", "f")));
    expectRefusal("UNKNOWN_LIBRARY", "another manager", () => desk.spec(new FunctionCall(foreign, "f")));
    expectRefusal("UNKNOWN_FILE", "args[0].a", () => make({ a: other.declarer.temp({}) }));
    expectRefusal("BAD_ARGUMENT", "args[1] of the call lib.f is written in v8", () =>
      make(0, new FunctionCall(clone, "f")),
    );
    expectRefusal("BAD_ARGUMENT", "by its name", () => new FunctionCall("", "f"));
    expectRefusal("BAD_ARGUMENT", "an array", () => new FunctionCall("lib", "f", "x" as never));
    library.remove();
    expectRefusal("UNKNOWN_LIBRARY", "no library lib", () => make());
  });
});

describe("a library", () => {
  it("says what its chained setters were told", () => {
    const desk = new Desk();
    const file = desk.declarer.temp({});
    const spec = desk.declared(
      new Library("lib", "serve")
        .input(file, "model")
        .inputBuffer("text", "text")
        .env("A", "1")
        .cores(2)
        .memory("1 GB")
        .feature("gpu")
        .workers(["node7", "gold"], { elsewhere: true })
        .slots(4)
        .functions("f", "g")
        .maxInstances(3)
        .startTries(1)
        .startTimeout("1m"),
    );
    expect(spec).to.deep.include({
      name: "lib",
      command: "serve",
      env: { A: "1" },
      resources: { cores: 2, memory: 1e9 },
      features: ["gpu"],
      places: { workers: ["node7", "gold"], elsewhere: true },
      slots: 4,
      functions: ["f", "g"],
      maxInstances: 3,
      startTries: 1,
      startWithinMs: 60_000,
    });
    expect(spec?.inputs.map(({ name }) => name)).to.deep.equal(["model", "text"]);
    const dropped = desk.events.flatMap((event) => (event.type === "file-undeclared" ? [event.file] : []));
    expect(dropped, "what only it names goes with it").to.deep.equal([spec?.inputs[1]?.file]);
  });

  it("cannot be declared twice, nor changed after that", () => {
    const desk = new Desk();
    const library = new Library("lib", "serve");
    desk.libraries.declare(library);
    expectRefusal("DUPLICATE_NAME", "called lib already", () =>
      desk.libraries.declare(new Library("lib", "other")),
    );
    expectRefusal("BAD_ARGUMENT", "declared already", () => library.slots(2));
    expectRefusal("BAD_ARGUMENT", "leaves the library no place", () => new Library("l", "c").workers([]));
    expectRefusal("BAD_ARGUMENT", 'no placement policy is called "best"', () =>
      desk.libraries.declare(new Library("other", "c").policy("best")),
    );
    expectRefusal("DUPLICATE_NAME", "a", () =>
      new Library("l", "c").inputPath("x", "a").inputBuffer("", "a"),
    );
  });

  it("for the hosts that come with workers is configured in a file of its own", () => {
    const desk = new Desk();
    const python = pythonLibrary("py", {
      functions: { f: "m:f" },
      mode: "fork",
      slots: 3,
      context: "m:load",
    });
    const spec = desk.declared(python.inputPath("m.py", "m.py"));
    expect(spec).to.deep.include({ slots: 3, functions: ["f"] });
    expect(spec?.command).to.contain("$VINE_PYTHON_HOST");
    expect(spec?.inputs.map(({ name }) => name)).to.deep.equal(["library.json", "m.py"]);
    const script = javascriptLibrary("js", { module: "lib/f.mjs", slots: 2 }).draft();
    expect([script.encoding, script.slots, script.paths.map(({ name }) => name)]).to.deep.equal([
      "v8",
      2,
      ["library.mjs"],
    ]);
    const text = javascriptLibrary("text", { source: "export const f = () => 1;" }).draft();
    expect(text.task.inputs.map(({ name }) => name)).to.deep.equal(["library.mjs", "library.json"]);
    expectRefusal("BAD_ARGUMENT", "either the path", () => javascriptLibrary("none", {}));
    expectRefusal("BAD_ARGUMENT", "module:function", () =>
      pythonLibrary("p", { functions: { f: "nowhere" } }),
    );
    expectRefusal("BAD_ARGUMENT", "needs functions", () => pythonLibrary("p", { functions: {} }));
  });
});
