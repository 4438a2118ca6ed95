import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import { expect } from "chai";
import { Lifeline } from "./lifeline.js";

/** Takes connections, and closes the first so many of them at once. */
async function aFullServer(closes: number, onKept: () => void): Promise<Server> {
  let taken = 0;
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    taken += 1;
    if (taken <= closes) socket.destroy();
    else socket.once("data", onKept);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

function sourceAt(server: Server): ConstructorParameters<typeof Lifeline>[0] {
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/lifeline`;
  return { url, ticket: new Uint8Array(56), fingerprint: new Uint8Array(0), localPath: "" };
}

describe("a lifeline", function () {
  this.timeout(30_000);

  it("that a crowded server closes again and again is opened again and again: nobody is gone", async () => {
    const gone: string[] = [];
    let lifeline: Lifeline | undefined;
    let server: Server | undefined;
    await new Promise<void>((resolve, reject) => {
      void aFullServer(6, resolve).then((full) => {
        server = full;
        lifeline = new Lifeline(sourceAt(full), "worker-1", (reason) => gone.push(reason));
      }, reject);
    });
    expect(gone).to.deep.equal([]);
    lifeline?.close();
    server?.close();
  });

  it("that reaches nobody any more says so", async () => {
    const server = await aFullServer(0, () => undefined);
    const source = sourceAt(server);
    server.close();
    await once(server, "close");
    const reason = await new Promise<string>((resolve) => new Lifeline(source, "worker-1", resolve));
    expect(reason).to.contain("cannot be opened again");
  });
});
