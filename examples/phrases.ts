// A library in Perl, which has no help of ours: phrases.pl reads a text when it starts, and then answers calls about it.
// Any program that can open a socket and read JSON can be a library: see docs/LIBRARY-PROTOCOL.md. Needs Perl.
import { fileURLToPath } from "node:url";
import { FunctionCall, Library, Manager } from "@taskvine/core";
import { startWorker } from "@taskvine/worker";

const PROGRAM = fileURLToPath(new URL("../phrases.pl", import.meta.url));
const TEXT = "the quick brown fox\njumps over the lazy dog\nthe end\n";

await using m = await Manager.start();
const worker = await startWorker({
  manager: { type: "file", path: m.connectionFile },
  resources: { cores: 2 },
});

const library = new Library("phrases", "exec perl phrases.pl")
  .inputPath(PROGRAM, "phrases.pl")
  .inputBuffer(TEXT, "text")
  .cores(1);
const phrases = m.declareLibrary(library);

console.log("lines that begin with the:", await m.call(phrases, "count", "^the"));
console.log("first line with a dog:", await m.call(phrases, "first", "dog"));
const failed = await m.submit(new FunctionCall(phrases, "count", ["("])).done;
console.log("a pattern that is none:", failed.code);
await worker.stop("all calls are answered");
