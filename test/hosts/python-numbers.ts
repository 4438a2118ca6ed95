/** The module that tests of the Python host call. */
const NUMBERS = `
import os, subprocess, sys, time, threading
import taskvine, taskvine_call

class Whole:
    def __init__(self, value): self.value = value
class Odd(Exception):
    def __init__(self, needs, two): super().__init__(needs)
class Stuck:
    def __reduce__(self): raise TypeError("stuck")
class StuckError(Stuck, Exception): pass

calls = 0
gate = threading.Event()

def load(): return {"base": 100}
def fail_to_load(): raise RuntimeError("no model here")

def same(value=None, *, named=None): return value if named is None else [value, named]
def count():
    global calls
    calls += 1
    return calls
def add_base(value): return taskvine.context()["base"] + value
def process(): return os.getpid()
def group(): return os.getpgid(0)
def stop_hard(code): os._exit(code)
def leave(code): sys.exit(code)
def kill_self():
    import signal
    os.kill(os.getpid(), signal.SIGKILL)
def segfault():
    import ctypes
    ctypes.string_at(0)
def wait(seconds): time.sleep(seconds)
def spin():
    while True: pass
def refuse():
    try: raise KeyError("first")
    except KeyError as error: raise ValueError("second") from error
def odd(): raise Odd("a", "b")
def refuse_stuck(): raise StuckError("a")
def stuck(): return Stuck()
def hold(): return threading.Lock()
def say(text): print(text); print("to err", file=sys.stderr)
def say_much(lines):
    for index in range(lines): print(f"line {index:09}")
def shell(command): subprocess.run(command, shell=True); return "ran"
def here(): return os.getcwd()
def write(name, text):
    with open(name, "w") as opened: opened.write(text)
def folder(): return taskvine_call.sandbox()
def large(size): return "x" * size
def grow():
    held = []
    while True:
        held.append(bytearray(1 << 20))
        time.sleep(0.0005)
def burst(size): return len(bytearray(size))
def wait_at_gate(): gate.wait(); return "passed"
def open_gate(): gate.set()
def chance():
    import random
    return random.random()
`;

const NAMES = [...NUMBERS.matchAll(/^def (\w+)/gm)].map(([, name]) => name ?? "");

export const PYTHON_FILES = { "numbers_module.py": NUMBERS };

/** library.json of a library of all of them. */
export function numbers(mode: "direct" | "fork" | "threads", parts: object = {}): object {
  const functions = Object.fromEntries(NAMES.map((name) => [name, `numbers_module:${name}`]));
  return { mode, slots: 1, functions, context: "numbers_module:load", ...parts };
}
