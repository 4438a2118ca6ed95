import { hostname, networkInterfaces } from "node:os";
import { type DataServer, startDataServer } from "../../data/index.js";
import type { VineError } from "../../model/errors.js";
import { type ConnectionFile, listen, writeConnectionFile } from "../../transport/index.js";
import type { Link, LinkHandlers, LinkServer, Role } from "../../transport/link.js";
import type { Holdings } from "../content/holdings.js";
import type { ResolvedOptions } from "../options.js";
import type { Clock } from "./clock.js";

export interface DataDoorOptions {
  readonly options: ResolvedOptions;
  readonly clock: Clock;
  readonly holdings: Holdings;
  readonly ticketKey: Uint8Array;
  onLifeline(receiver: string, state: "open" | "closed"): void;
  /** `cacheName`: the file that could not be given. */
  onRefused(error: Error, cacheName?: string): void;
}

export interface LinkDoorOptions {
  readonly options: ResolvedOptions;
  readonly instance: string;
  readonly software: string;
  onLink(link: Link, role: Role): LinkHandlers;
  onRefused(error: VineError): void;
}

/** The data server: where workers fetch the manager's files. */
export function openDataDoor({ options, clock, holdings, ...rest }: DataDoorOptions): Promise<DataServer> {
  return startDataServer({
    host: options.host,
    port: options.dataPort,
    insecure: options.insecure,
    ticketKey: rest.ticketKey,
    clockMs: () => clock.monotonicMs(),
    hold: (cacheName) => holdings.hold(cacheName),
    onLifeline: (receiver, state) => rest.onLifeline(receiver, state),
    onRefused: (error, cacheName) => rest.onRefused(error, cacheName),
  });
}

/** The control link's end here. */
export function openLinkDoor({
  options,
  instance,
  software,
  onLink,
  onRefused,
}: LinkDoorOptions): Promise<LinkServer> {
  return listen({
    host: options.host,
    port: options.port,
    insecure: options.insecure,
    welcome: { managerName: options.name, managerInstance: instance, software },
    onLink: (link, role) => onLink(link, role),
    onRefused: (error) => onRefused(error),
  });
}

export interface Doors {
  readonly options: ResolvedOptions;
  readonly links: LinkServer;
}

/** Tells workers how to come in: in the run directory, and where the user wants it. */
export async function publish({ options, links }: Doors, paths: readonly string[]): Promise<ConnectionFile> {
  const connection: ConnectionFile = {
    format: 1,
    managerName: options.name,
    addresses: addressesOf(options).map((host) => `tcp://${bracketed(host)}:${links.port}`),
    ...links.keys,
  };
  for (const path of paths) await writeConnectionFile(path, connection);
  return connection;
}

/** How workers reach this machine, most useful first. */
export function addressesOf(options: ResolvedOptions): string[] {
  if (options.advertise !== undefined) return [options.advertise];
  if (options.host !== "0.0.0.0" && options.host !== "::") return [options.host];
  const outer = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === "IPv4")
    .map(({ address }) => address);
  return [...outer, hostname(), "127.0.0.1"];
}

export function bracketed(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}
