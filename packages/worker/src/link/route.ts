import { existsSync } from "node:fs";
import { VineError } from "@taskvine/core/model";
import { type ConnectionFile, type DialOptions, readConnectionFile } from "@taskvine/core/transport";
import type { ManagerPlace } from "../daemon/options.js";

/** One way to reach a manager. */
export interface Route {
  readonly address: string;
  readonly keys: DialOptions["keys"];
}

/**
 * The ways to a manager, most useful first. None while its connection file is not there yet: the manager may come later.
 * Throws CONNECTION_FILE when the file is there and no good.
 */
export async function routesTo(place: ManagerPlace): Promise<readonly Route[]> {
  if (place.type === "insecure") return [{ address: asTcp(place.address), keys: undefined }];
  if (place.type === "file" && !existsSync(place.path)) return [];
  const connection = place.type === "file" ? await readConnectionFile(place.path) : place.connection;
  const keys = connection.insecure ? undefined : { serverKey: connection.serverKey, ...connection.worker };
  return addressesOf(connection, place.address).map((address) => ({ address, keys }));
}

function addressesOf(connection: ConnectionFile, told: string | undefined): readonly string[] {
  return told === undefined ? connection.addresses : [asTcp(told)];
}

/** "host:port" as people write it, checked. */
function asTcp(address: string): string {
  const bare = address.replace(/^tcp:\/\//, "");
  const match = /^(\[[0-9a-fA-F:]+\]|[^\s:/[\]]+):(\d{1,5})$/.exec(bare);
  const port = Number(match?.[2]);
  if (match !== null && port > 0 && port <= 65_535) return `tcp://${bare}`;
  throw new VineError("BAD_ARGUMENT", `${JSON.stringify(address)} is not HOST:PORT`);
}
