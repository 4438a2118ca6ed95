import { spawnSync } from "node:child_process";

/** Runs a Python program; what it printed, as bytes. The program finds `out`, a binary stream. */
export function python(program: string, input: Uint8Array = new Uint8Array(0)): Buffer {
  const whole = `import sys, pickle\nout = sys.stdout.buffer\n${program}`;
  const { status, stdout, stderr } = spawnSync("python3", ["-c", whole], { input });
  if (status !== 0) throw new Error(stderr.toString());
  return stdout;
}

/** A pickle of positional arguments, given as the text of a Python tuple. */
export function pickledArguments(tuple: string): Buffer {
  return python(`out.write(pickle.dumps((${tuple}, {}), 5))`);
}

/** The repr of a pickled value. */
export function unpickled(bytes: Uint8Array): string {
  return python("print(repr(pickle.loads(sys.stdin.buffer.read())))", bytes).toString().trim();
}

/** A function with its code, as a program of the user would send it. `source` defines it. */
export function functionByValue(source: string, name: string): Buffer {
  return python(`import cloudpickle\n${source}\nout.write(cloudpickle.dumps(${name}, 5))`);
}
