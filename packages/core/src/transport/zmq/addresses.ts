import { VineError } from "../../model/errors.js";
import { LIMITS } from "../../model/limits.js";

/** Frames in the network's own queue for one peer: few, so that what waits is seen in `queuedBytes`. */
export const FRAMES_IN_FLIGHT = 64;
/** Over the largest frame by what encryption and envelopes add. */
export const MOST_MESSAGE_BYTES = LIMITS.frameBytes + 4_096;

const TCP = /^tcp:\/\/(\[[0-9a-fA-F:.%]+\]|[^\s:/[\]]+):(\d{1,5})$/;
const MOST_PORT = 65_535;

/** Throws BAD_ARGUMENT unless it is tcp://host:port. */
export function checkAddress(address: string): string {
  const port = Number(TCP.exec(address)?.[2]);
  if (port >= 1 && port <= MOST_PORT) return address;
  throw new VineError("BAD_ARGUMENT", `${JSON.stringify(address)} is no address`, {
    hint: "Use tcp://host:port.",
  });
}

/** host as libzmq wants it in an address. */
export function bracketed(host: string): string {
  return host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
}
