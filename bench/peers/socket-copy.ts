// Copies a file through a bare socket, node:net or node:tls, between this process and one that it starts: prints the seconds.
import { fork } from "node:child_process";
import { once } from "node:events";
import { closeSync, createReadStream, openSync, writeSync } from "node:fs";
import { connect, createServer, type OnReadOpts, type Socket } from "node:net";
import { connect as connectTls, createServer as createTlsServer } from "node:tls";
import { fileURLToPath } from "node:url";

const CHUNK_BYTES = 1024 * 1024;
const [from = "", to = "", way = "net", role = "receiver"] = process.argv.slice(2);

/** A key that both know instead of a certificate: what is encrypted with it is the same. */
const psk = Buffer.alloc(32, 7);
const TLS = { ciphers: "PSK-AES256-GCM-SHA384", maxVersion: "TLSv1.2" } as const;

function listen(): void {
  const send = (socket: Socket): void => {
    createReadStream(from, { highWaterMark: CHUNK_BYTES }).pipe(socket);
    server.close();
  };
  const server =
    way === "tls" ? createTlsServer({ ...TLS, pskCallback: () => psk }, send) : createServer(send);
  server.listen(0, "127.0.0.1", () => process.send?.(server.address()));
}

/** Writes megabytes, however small the pieces are that arrive: TLS gives 16 KiB at a time. */
class Sink {
  readonly #file = openSync(to, "w");
  readonly #memory = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  #filled = 0;

  readonly onread: OnReadOpts = {
    buffer: () => this.#memory.subarray(this.#filled),
    callback: (count) => {
      this.#filled += count;
      if (this.#filled === CHUNK_BYTES || way === "net") this.#flush();
      return true;
    },
  };

  end(): void {
    this.#flush();
    closeSync(this.#file);
  }

  #flush(): void {
    writeSync(this.#file, this.#memory, 0, this.#filled);
    this.#filled = 0;
  }
}

async function receive(): Promise<void> {
  const sender = fork(fileURLToPath(import.meta.url), [from, to, way, "sender"]);
  const [address] = (await once(sender, "message")) as [{ readonly port: number }];
  const begun = performance.now();
  const sink = new Sink();
  const target = { port: address.port, host: "127.0.0.1", onread: sink.onread };
  const identity = { pskCallback: () => ({ psk, identity: "bench" }), checkServerIdentity: () => undefined };
  const socket = way === "tls" ? connectTls({ ...target, ...TLS, ...identity }) : connect(target);
  await once(socket, "close");
  sink.end();
  process.stdout.write(String((performance.now() - begun) / 1000));
  sender.disconnect();
}

if (role === "sender") listen();
else await receive();
