import { spawn } from "node:child_process";
import { ROOT } from "./paths.mjs";

/**
 * Runs a program in the repository's root and gathers what it says (out and error together, in order of arrival).
 * Never rejects: a program that cannot be started counts as exit code 127.
 */
export function run(command, args, { env = {}, cwd = ROOT, show = false } = {}) {
  return new Promise((done) => {
    const started = performance.now();
    let text = "";
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const gather = (stream) => (bytes) => {
      text += bytes;
      if (show) stream.write(bytes);
    };
    child.stdout.setEncoding("utf8").on("data", gather(process.stdout));
    child.stderr.setEncoding("utf8").on("data", gather(process.stderr));
    const end = (code) => done({ code, text, ms: performance.now() - started });
    child.on("error", (error) => {
      text += `${error.message}\n`;
      end(127);
    });
    child.on("close", (code, signal) => end(signal === null ? code : 128));
  });
}

/** Runs one of the tools in node_modules with this very Node. */
export function tool(path, args, options) {
  return run(process.execPath, [`node_modules/${path}`, ...args], options);
}

/**
 * Runs a program whose words and keys are those of this terminal; resolves to its exit code. Ctrl-C goes to the whole
 * foreground group: the program ends itself and what it has started, and we wait for that.
 */
export function inForeground(command, args, env = {}) {
  const child = spawn(command, args, { cwd: ROOT, stdio: "inherit", env: { ...process.env, ...env } });
  const onTerminate = () => child.kill("SIGTERM");
  const onInterrupt = () => undefined;
  process.on("SIGINT", onInterrupt);
  process.on("SIGTERM", onTerminate);
  return new Promise((done) => {
    child.on("close", (code, signal) => {
      process.off("SIGINT", onInterrupt);
      process.off("SIGTERM", onTerminate);
      done(signal === null ? code : 130);
    });
  });
}
