// Mocha reporter: one JSON line per event into the file named by TASKVINE_TEST_REPORT, so that a group that dies says
// which test it was in. When the tests are over and something keeps the process alive, it says what, and ends it.
const { appendFileSync } = require("node:fs");

const LINGER_MS = 3_000;

function describeError(error) {
  const message = String(error?.message ?? error);
  const stack = typeof error?.stack === "string" ? error.stack : message;
  const expected = error?.showDiff !== false && error?.expected !== undefined;
  return {
    message,
    stack: stack.includes(message) ? stack : `${message}\n${stack}`,
    ...(expected ? { expected: show(error.expected), actual: show(error.actual) } : {}),
  };
}

function show(value) {
  try {
    return (typeof value === "string" ? value : (JSON.stringify(value, null, 1) ?? String(value))).slice(
      0,
      2_000,
    );
  } catch {
    return String(value);
  }
}

module.exports = class JsonLines {
  constructor(runner) {
    const write = (record) => appendFileSync(process.env.TASKVINE_TEST_REPORT, `${JSON.stringify(record)}\n`);
    const title = (test) => test.fullTitle();
    runner.on("test", (test) => write({ type: "start", title: title(test) }));
    runner.on("pass", (test) => write({ type: "passed", title: title(test), ms: test.duration }));
    runner.on("pending", (test) => write({ type: "skipped", title: title(test) }));
    runner.on("fail", (test, error) =>
      write({ type: "failed", title: title(test), file: test.file, error: describeError(error) }),
    );
    runner.on("end", () => {
      write({ type: "end" });
      const timer = setTimeout(() => {
        write({
          type: "lingering",
          what: process.getActiveResourcesInfo().filter((name) => !/^TTY|^Pipe/.test(name)),
        });
        process.exit(1);
      }, LINGER_MS);
      timer.unref();
    });
  }
};
