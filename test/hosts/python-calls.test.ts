import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { needs } from "../needs/needs.js";
import type { HostConnection } from "./host-connection.js";
import { HostProcess } from "./host-process.js";
import { functionByValue, pickledArguments, python, unpickled } from "./python.js";
import { numbers, PYTHON_FILES } from "./python-numbers.js";

const withPython = needs({ commands: ["python3"], python: ["cloudpickle"], debian: ["python3-cloudpickle"] });
/** Arguments: a list of what the input "in" is. */
const PLACE =
  withPython.missing === undefined
    ? python(`
import operator, importlib
class Proxy:
    def __reduce__(self): return (importlib.import_module, ("taskvine_call",))
class Place:
    def __reduce__(self): return (operator.methodcaller("resolve", "in"), (Proxy(),))
out.write(pickle.dumps((([Place()],), {}), 5))`)
    : Buffer.alloc(0);
/** The same by its name alone. */
const NAME =
  withPython.missing === undefined
    ? python(`
class Naming(pickle.Pickler):
    def persistent_id(self, thing): return "in" if thing is Naming else None
Naming(out, 5).dump((([Naming],), {}))`)
    : Buffer.alloc(0);
const MODES = ["direct", "fork", "threads"] as const;

for (const mode of withPython.missing === undefined ? MODES : []) {
  describe(`calls of Python functions in mode ${mode}`, () => {
    let host: HostProcess;
    let one: HostConnection;

    before(async () => {
      host = await HostProcess.start({ host: "python", library: numbers(mode), files: PYTHON_FILES });
      one = await host.connection();
    });
    after(() => host.end());

    it("hello tells what can be called, by how many at a time, and how", () => {
      expect(one.hello).to.include({ slots: 1, cancel: mode !== "direct" });
      expect(one.hello.functions).to.include("same");
      expect(one.hello.encodings).to.deep.equal(["json", "pickle"]);
    });

    it("JSON arguments in the header, attached, and behind a short header arrive", async () => {
      expect(await one.value(one.call("same", [{ deep: ["ü", 1] }]))).to.deep.equal({ deep: ["ü", 1] });
      expect(await one.value(one.call("same", [1], { kwargs: { named: 2 } }))).to.deep.equal([1, 2]);
      const body = Buffer.from('[[1],{"named":3}]');
      expect(await one.value(one.call("same", [], { body }))).to.deep.equal([1, 3]);
      expect(await one.value(one.compactCall("same", [[null]]))).to.deep.equal([null]);
    });

    it("pickled arguments are answered by a pickle", async () => {
      const answer = await one.answer(one.compactCall("same", pickledArguments("({1, 2},)"), "pickle"));
      expect(answer).to.include({ type: "result", isCompact: true });
      expect(unpickled(answer.body)).to.equal("{1, 2}");
    });

    it("an exception comes with its traceback, without the host's part of it, and as an object with its cause", async () => {
      const answer = await one.answer(one.compactCall("refuse", pickledArguments("()"), "pickle"));
      expect(answer).to.include({ type: "error", kind: "exception", message: "ValueError: second" });
      expect(answer.traceback).to.match(/KeyError: 'first'[^]*direct cause[^]*in refuse/);
      expect(answer.traceback).not.to.include("vine_hosting");
      expect(
        python("e = pickle.load(sys.stdin.buffer); print(repr((e, e.__cause__)))", answer.body).toString(),
      ).to.equal("(ValueError('second'), KeyError('first'))\n");
    });

    it("an exception that cannot be written comes as text only, one with arguments of its own as itself", async () => {
      const stuck = await one.answer(one.compactCall("refuse_stuck", pickledArguments("()"), "pickle"));
      expect(stuck).to.include({ kind: "exception", message: "numbers_module.StuckError: a" });
      expect(stuck.body).to.have.length(0);
      const odd = await one.answer(one.compactCall("odd", pickledArguments("()"), "pickle"));
      expect(odd).to.include({ kind: "exception", message: "numbers_module.Odd: a" });
      expect(odd.body).to.not.have.length(0);
    });

    it("sys.exit ends the call, not the host", async () => {
      const answer = await one.run("leave", [3]);
      expect(answer).to.include({ kind: "exception", message: "the function ended with sys.exit(3)" });
    });

    it("a result that cannot be written is told with its type", async () => {
      const pickled = await one.answer(one.compactCall("hold", pickledArguments("()"), "pickle"));
      expect(pickled).to.include({ kind: "bad-result" });
      expect(pickled.message).to.match(/a _thread.lock, cannot be pickled/);
      const json = await one.run("same", [], { kwargs: {}, body: Buffer.from("[[NaN],{}]") });
      expect(json.message).to.match(/a float, cannot be written as JSON/);
    });

    it("arguments that cannot be read are told with the reason", async () => {
      const missing = python("out.write(b'cnot_there\\nthing\\n.')");
      const answer = await one.answer(one.compactCall("same", missing, "pickle"));
      expect(answer).to.include({ kind: "bad-arguments" });
      expect(answer.message).to.match(
        /the module 'not_there' is not there for .*; install it on the workers/,
      );
      const clone = await one.run("same", [], { encoding: "v8", body: Buffer.from([0xff, 0x0f]) });
      expect(clone.message).to.equal(
        "the arguments are written as 'v8', which Python cannot read; call with JSON or pickle",
      );
    });

    it("a function that is not there is told with those that are", async () => {
      const answer = await one.run("nothing");
      expect(answer).to.include({ kind: "unknown-function" });
      expect(answer.message).to.match(/the library 'numbers' has no function 'nothing'; it has add_base, /);
    });

    it("what a call prints comes with its answer, of much the end", async () => {
      expect(await one.run("say", ["hello"])).to.include({ stdout: "hello\n", stderr: "to err\n" });
      const much = await one.run("say_much", [20_000]);
      expect(much.stdout).to.have.length(64 * 1024);
      expect(much.stdout?.endsWith("line 000019999\n")).to.equal(true);
      expect(much.stdoutBytes).to.equal(20_000 * 15);
      expect(await one.run("same")).to.not.have.property("stdout");
    });

    it("inputs are values or paths, from files or with the call", async () => {
      const path = join(host.folder, "input");
      await writeFile(path, '{"from":"a file"}');
      const inputs = [
        { name: "a", use: "value", path },
        { name: "b", use: "path", path },
        { name: "c", use: "value", attachment: 0 },
      ];
      const args = [{ list: [{ $vine: "a" }, { $vine: "b" }, { $vine: "c" }] }];
      const id = one.call("same", args, { inputs, values: [Buffer.from("[7]")] });
      expect(await one.value(id)).to.deep.equal({ list: [{ from: "a file" }, path, [7]] });
    });

    it("a placeholder inside pickled arguments becomes the input", async () => {
      const body = PLACE;
      const value = python("out.write(pickle.dumps({'a': 1}, 5))");
      const inputs = [{ name: "in", use: "value", attachment: 1 }];
      const answer = await one.run("same", [], { encoding: "pickle", body, inputs, values: [value] });
      expect(unpickled(answer.body)).to.equal("[{'a': 1}]");
    });

    it("values behind a short header are read by JSON and by pickled arguments", async () => {
      const args = [[[{ $vine: "ä" }], { $vine: "b" }]];
      const values = { ä: Buffer.from("[7]"), b: Buffer.from("8") };
      const json = await one.answer(one.compactCallWithValues("same", args, values));
      expect(json).to.include({ type: "result", isCompact: true });
      expect(JSON.parse(json.body.toString())).to.deep.equal([[[7]], 8]);
      const value = python("out.write(pickle.dumps({'a': 1}, 5))");
      const pickled = one.compactCallWithValues("same", PLACE, { in: value }, "pickle");
      expect(unpickled((await one.answer(pickled)).body)).to.equal("[{'a': 1}]");
      const named = one.compactCallWithValues("same", NAME, { in: value }, "pickle");
      expect(unpickled((await one.answer(named)).body)).to.equal("[{'a': 1}]");
      const missing = await one.answer(one.compactCallWithValues("same", [{ $vine: "c" }], values));
      expect(missing.message).to.match(/the call has no input 'c'/);
      const clone = one.compactCallWithValues("same", [{ $vine: "b" }], { b: Buffer.from([0xff, 0x0f]) });
      expect((await one.answer(clone)).message).to.match(/written by JavaScript .* answer in JSON/);
    });

    it("a value in JavaScript's own encoding is refused with what to do instead", async () => {
      const inputs = [{ name: "in", use: "value", attachment: 0 }];
      const answer = await one.run("same", [{ $vine: "in" }], {
        inputs,
        values: [Buffer.from([0xff, 0x0f])],
      });
      expect(answer.kind).to.equal("bad-arguments");
      expect(answer.message).to.match(/written by JavaScript .* answer in JSON/);
    });

    it("a function by value is read once, and may come with what it closes over", async () => {
      const path = join(host.folder, "function");
      const source =
        "made = []\ndef outer(base):\n    def inner(x): return base + x\n    return inner\nf = outer(10)";
      await writeFile(path, functionByValue(source, "f"));
      one.send({ type: "function", name: "@1", path });
      expect(await one.value(one.call("@1", [5]))).to.equal(15);
      await writeFile(path, "no pickle any more");
      expect(await one.value(one.compactCall("@1", [6]))).to.equal(16);
    });

    it("a function whose pickle cannot be read is told with the reason", async () => {
      const path = join(host.folder, "bad-function");
      await writeFile(path, "cnot_there\nthing\n.");
      one.send({ type: "function", name: "@2", path });
      const answer = await one.run("@2");
      expect(answer.kind).to.equal("bad-arguments");
      expect(answer.message).to.match(/the function cannot be read: the module 'not_there'/);
    });

    it("functions reach the library's context", async () => {
      expect(await one.value(one.compactCall("add_base", [5]))).to.equal(105);
    });

    it("a large value goes to the file that the call names, a small one does not", async () => {
      const valueFile = join(host.folder, "value");
      const large = await one.run("large", [100_000], { valueFile });
      expect(large).to.include({ type: "result", file: true });
      expect(await readFile(valueFile, "utf8")).to.equal(`"${"x".repeat(100_000)}"`);
      const small = await one.run("large", [10], { valueFile });
      expect(small).to.not.have.property("file");
      expect(await one.value(one.compactCall("large", [3_000_000]))).to.have.length(3_000_000);
    });

    it("what a call wrote to a file can be read by others, whatever it is, and small values still travel", async () => {
      const path = join(host.folder, "pickled");
      const inputs = [{ name: "in", use: "value", path }];
      for (const value of ["bytes([7]) * 200_000", "{'a': [bytearray(100_000), 'ü' * 80_000]}"]) {
        const body = pickledArguments(`(${value},)`);
        const large = await one.run("same", [], { encoding: "pickle", body, valueFile: path });
        expect(large).to.include({ type: "result", file: true });
        const again = { encoding: "pickle", body: NAME, inputs, valueFile: `${path}-2` } as const;
        expect(await one.run("same", [], again)).to.include({ type: "result", file: true });
        expect(python(`print(pickle.load(open("${path}-2", "rb")) == [${value}])`).toString()).to.equal(
          "True\n",
        );
        const small = await one.answer(one.compactCall("same", pickledArguments("(5,)"), "pickle"));
        expect([small.file, unpickled(small.body)]).to.deep.equal([undefined, "5"]);
      }
    });

    it("a call with a folder finds itself there, or is told where it is", async () => {
      const parts = { sandbox: host.folder };
      if (mode !== "threads") expect(await one.value(one.call("here", [], parts))).to.equal(host.folder);
      expect(await one.value(one.call("folder", [], parts))).to.equal(host.folder);
      expect(await one.value(one.call("folder"))).to.equal(null);
    });

    it("arguments of megabytes arrive in pieces", async () => {
      const text = "y".repeat(5_000_000);
      const answers = one.compactCalls([
        { name: "same", args: [1] },
        { name: "same", args: [text] },
        { name: "same" },
      ]);
      const values = await Promise.all(answers.map((id) => one.value(id)));
      expect(values.map((value) => (typeof value === "string" ? value.length : value))).to.deep.equal([
        1,
        5_000_000,
        null,
      ]);
    });

    it("after end the host finishes what runs and goes", async () => {
      const id = one.call("wait", [0.05]);
      one.send({ type: "end" });
      expect(await one.value(id)).to.equal(null);
      expect(await host.exit()).to.equal(0);
    });
  });
}

withPython.it("Python functions can be called in every mode", () => {
  expect(MODES).to.have.length(3);
});
