import { rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";

/** Connections that a library may have open beyond its slots: those of processes that are being replaced. */
const SPARE = 64;

/** The socket of one library instance: a name in a folder that only we can enter. */
export class LibraryDoor {
  readonly path: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  /** Errors of the socket itself, such as a name that is taken, go to `onError`. */
  constructor(
    folder: string,
    name: string,
    slots: number,
    events: { onSocket(socket: Socket): void; onError(error: Error): void },
  ) {
    this.path = join(folder, name);
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.once("close", () => this.#sockets.delete(socket));
      socket.on("error", () => undefined); // its end is told by "close"
      events.onSocket(socket);
    });
    this.#server.maxConnections = slots + SPARE;
    this.#server.on("error", (error) => events.onError(error));
    this.#server.listen(this.path);
  }

  /** Nobody gets in any more, and who is in is put out. */
  close(): void {
    this.#server.close(() => undefined);
    for (const socket of this.#sockets) socket.destroy();
    rmSync(this.path, { force: true });
  }
}
