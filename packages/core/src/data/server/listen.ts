import type { AddressInfo, Server } from "node:net";
import { VineError } from "../../model/errors.js";

/** Listens on a port, any free one (0), or the first free one of a range. Returns it. Throws ADDRESS_IN_USE. */
export async function listen(
  server: Server,
  host: string,
  port: number | readonly [number, number],
): Promise<number> {
  const [first, last] = typeof port === "number" ? [port, port] : port;
  for (let at = first; at <= last; at++) {
    if (await tryListen(server, host, at)) return (server.address() as AddressInfo).port;
  }
  throw new VineError("ADDRESS_IN_USE", `no free port in ${first}–${last} on ${host}`);
}

/** False when the port is taken. */
async function tryListen(server: Server, host: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      if (error.code === "EADDRINUSE") resolve(false);
      else
        reject(
          new VineError("BAD_ARGUMENT", `cannot listen on ${host}:${port}: ${error.message}`, {
            cause: error,
          }),
        );
    };
    server.once("error", failed);
    server.listen(port, host, () => {
      server.off("error", failed);
      resolve(true);
    });
  });
}
