import { readFileSync } from "node:fs";
import { VineError } from "@taskvine/core/model";
import { Command, CommanderError } from "commander";
import { managerCommand } from "./commands/manager.js";
import { workerCommand } from "./commands/worker.js";
import { EXIT } from "./exit-codes.js";
import { printError } from "./output/print-error.js";

/** Runs the command line; sets the exit code, and ends the process when nothing is left to do. */
export async function runMain(argv: readonly string[]): Promise<void> {
  process.on("unhandledRejection", (reason) => crash(reason));
  process.on("uncaughtException", (error) => crash(error));
  const program = new Command("vine")
    .description("Runs tasks and moves their files over a cluster of workers.")
    .version(version(), "-V, --version", "print the version")
    .helpCommand("help [command]", "show what a command does")
    .addCommand(managerCommand())
    .addCommand(workerCommand());
  for (const command of [program, ...program.commands]) quieten(command);
  try {
    await program.parseAsync(argv);
  } catch (thrown) {
    const command = program.commands.find((one) => one.name() === argv[2])?.name();
    process.exitCode = usageExit(thrown, command === undefined ? "vine" : `vine ${command}`);
  }
  await drained();
  process.exit();
}

/** Its messages come out in our form, and it does not end the process. */
function quieten(command: Command): void {
  command.exitOverride().configureOutput({ writeErr: () => undefined, outputError: () => undefined });
  command.showHelpAfterError(false);
}

/** `words`: the command as it was asked for. */
function usageExit(thrown: unknown, words: string): number {
  if (!(thrown instanceof CommanderError)) throw thrown;
  if (thrown.exitCode === 0) return EXIT.ok;
  if (thrown.code === "commander.help") return usageError("which command?", words);
  return usageError(thrown.message.replace(/^error: /, "").replaceAll("\n", " "), words);
}

function usageError(sentence: string, words: string): number {
  printError(
    new VineError("BAD_ARGUMENT", sentence, { hint: `\`${words} --help\` shows what there is.` }),
    false,
  );
  return EXIT.usage;
}

/** The launcher ends with this process, and the tasks with the launcher: nothing is left behind. */
function crash(thrown: unknown): never {
  printError(VineError.from(thrown), true);
  process.exit(EXIT.failed);
}

async function drained(): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    if (stream.writableLength > 0) await new Promise((resolve) => stream.once("drain", resolve));
  }
}

function version(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
