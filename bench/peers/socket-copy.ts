// Copies a file through a bare node:net socket between this process and one that it starts: prints the seconds.
import { fork } from "node:child_process";
import { once } from "node:events";
import { closeSync, createReadStream, openSync, writeSync } from "node:fs";
import { connect, createServer } from "node:net";
import { fileURLToPath } from "node:url";

const CHUNK_BYTES = 1024 * 1024;
const [from = "", to = "", role = "receiver", port = "0"] = process.argv.slice(2);

if (role === "sender") {
  const server = createServer((socket) => {
    createReadStream(from, { highWaterMark: CHUNK_BYTES }).pipe(socket);
    server.close();
  });
  server.listen(Number(port), "127.0.0.1", () => process.send?.(server.address()));
} else {
  const sender = fork(fileURLToPath(import.meta.url), [from, to, "sender", "0"]);
  const [address] = (await once(sender, "message")) as [{ readonly port: number }];
  const begun = performance.now();
  const file = openSync(to, "w");
  const memory = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  const callback = (count: number): boolean => writeSync(file, memory, 0, count) > 0;
  const socket = connect({ port: address.port, host: "127.0.0.1", onread: { buffer: memory, callback } });
  await once(socket, "close");
  closeSync(file);
  process.stdout.write(String((performance.now() - begun) / 1000));
  sender.disconnect();
}
