import { fileURLToPath } from "node:url";

/** What a library's process is told of the conversation that it is to open. */
export interface LibraryFacts {
  readonly socket: string;
  readonly token: string;
  readonly slots: number;
  readonly name: string;
}

const PYTHON_HOST = fileURLToPath(new URL("../../hosts/python/vine_host.py", import.meta.url));
const JAVASCRIPT_HOST = fileURLToPath(new URL("../hosts/javascript/main.js", import.meta.url));

/** The variables of docs/LIBRARY-PROTOCOL.md. */
export function libraryEnvironment({ socket, token, slots, name }: LibraryFacts): Record<string, string> {
  return {
    VINE_LIBRARY_SOCKET: socket,
    VINE_LIBRARY_TOKEN: token,
    VINE_LIBRARY_SLOTS: String(slots),
    VINE_LIBRARY_NAME: name,
    VINE_PYTHON_HOST: PYTHON_HOST,
    VINE_JAVASCRIPT_HOST: JAVASCRIPT_HOST,
    VINE_NODE: process.execPath,
  };
}
