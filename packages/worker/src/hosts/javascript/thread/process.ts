/** What runs in a process for calls that have a limit of memory: each comes as a message, and so goes its answer. */
import { readCallHeader } from "../call-header.js";
import { type LibraryPlace, type LoadedLibrary, loadLibrary } from "./library.js";
import { collectPrints } from "./printed.js";
import { runCall, type ValueRoom } from "./run-call.js";

/** A call, in the parts of its frame. */
export interface ToProcess {
  readonly header: Uint8Array;
  readonly body: Uint8Array;
  readonly room: ValueRoom;
}

export type FromProcess =
  | { readonly type: "ready" }
  | { readonly type: "answer"; readonly frame: Uint8Array; readonly wallUs: number }
  /** Why it is about to end. */
  | { readonly type: "complaint"; readonly message: string };

collectPrints();
process.once("disconnect", () => process.exit(0));
process.once("uncaughtException", complain);
loadLibrary(JSON.parse(process.argv[2] ?? "{}") as LibraryPlace).then(serve, complain);

function serve(library: LoadedLibrary): void {
  process.on("message", (call) => {
    answer(library, call as ToProcess).catch(complain);
  });
  say({ type: "ready" });
}

async function answer(library: LoadedLibrary, call: ToProcess): Promise<void> {
  const frame = { header: bufferOf(call.header), body: bufferOf(call.body) };
  const { frame: answered, wallUs } = await runCall(library, readCallHeader(frame), frame.body, call.room);
  say({ type: "answer", frame: answered, wallUs });
}

function bufferOf({ buffer, byteOffset, length }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, length);
}

function say(message: FromProcess): void {
  process.send?.(message);
}

function complain(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  process.send?.({ type: "complaint", message }, () => process.exit(1));
}
