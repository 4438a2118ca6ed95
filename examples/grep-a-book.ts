// Looks for a word in a book that comes from the web. Each worker fetches the book once, from the web server or from
// another worker, and looks through its own part of the lines. Here the web server is in this program, and so is the author.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Manager, Task } from "@taskvine/core";
import { startWorker } from "@taskvine/worker";

const WORD = process.argv[2] ?? "chair";
const LINES = 20_000;
const PARTS = 8;

/** A book in which nobody stands: the same text each time, from a generator of numbers. */
function writeBook(): string {
  const who = ["The old clerk", "A captain", "Her aunt", "The lodger", "Nobody", "The doctor"];
  const did = ["sat down in", "looked behind", "was fond of", "had never seen", "paid for"];
  const what = ["the chair", "a window", "the lamp", "an armchair by the fire", "the letter", "a teapot"];
  let number = 7;
  const pick = (words: readonly string[]): string => {
    number = (number * 1_103_515_245 + 12_345) % 2_147_483_648;
    return words[Math.floor(number / 65_536) % words.length] ?? "";
  };
  return Array.from({ length: LINES }, () => `${pick(who)} ${pick(did)} ${pick(what)}.\n`).join("");
}

async function countIn(bookUrl: string): Promise<number> {
  await using m = await Manager.start();
  const worker = await startWorker({
    manager: { type: "file", path: m.connectionFile },
    resources: { cores: 2 },
  });
  const book = m.declareUrl(bookUrl);
  const lines = LINES / PARTS;
  const tasks = Array.from({ length: PARTS }, (_, part) => {
    const range = `${part * lines + 1},${(part + 1) * lines}`;
    return new Task(
      `sed -n ${range}p book.txt | awk 'index($0, ENVIRON["WORD"]) { n++ } END { print n + 0 }'`,
    )
      .input(book, "book.txt")
      .env("WORD", WORD)
      .tag(range);
  });
  let found = 0;
  for (const { done } of m.submitAll(tasks)) {
    const result = (await done).check();
    console.log(`lines ${result.tag}: ${result.output.trim()}`);
    found += Number(result.output);
  }
  await worker.stop("the book has been read");
  return found;
}

const book = writeBook();
const server = createServer((request, response) => {
  response.writeHead(200, { "content-length": Buffer.byteLength(book), etag: '"first-edition"' });
  response.end(request.method === "HEAD" ? undefined : book);
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const found = await countIn(`http://127.0.0.1:${(server.address() as AddressInfo).port}/book.txt`);
server.close();
server.closeAllConnections();
console.log(`"${WORD}" stands in ${found} lines of ${LINES}`);
