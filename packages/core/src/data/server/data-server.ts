import { Buffer } from "node:buffer";
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { LIMITS } from "../../model/limits.js";
import type { DataServer, DataServerOptions } from "../contract.js";
import { makeTicketChecker } from "../tickets.js";
import { BREAK } from "../wire-headers.js";
import { type Certificate, makeCertificate } from "./certificate.js";
import { listen } from "./listen.js";
import { RequestHandler } from "./request-handler.js";

/** See DataServerOptions.headMs. */
const HEAD_MS = 5_000;
const HEAD_BYTES = 8 * 1024;

/** Starts serving files to peers that have tickets. Rejects with ADDRESS_IN_USE. */
export async function startDataServer(options: DataServerOptions): Promise<DataServer> {
  const certificate = options.insecure ? undefined : await makeCertificate();
  const stats = { bytesSent: 0, sending: 0 };
  const handler = new RequestHandler(
    options,
    makeTicketChecker(options.ticketKey, () => options.clockMs()),
    stats,
  );
  const times = { headMs: options.headMs ?? HEAD_MS, stallMs: options.stallMs ?? LIMITS.stallMs };
  const server = makeServer(
    certificate,
    times,
    (request, response) => void handler.handle(request, response),
  );
  server.maxConnections = options.connections ?? LIMITS.dataConnections;
  server.on("clientError", (error, socket) => {
    if (!isBreak(error)) options.onRefused?.(error);
    socket.destroy(error);
  });
  server.on("tlsClientError", (error: Error) => options.onRefused?.(error));
  const port = await listen(server, options.host, options.port);
  return {
    port,
    fingerprint: certificate?.fingerprint ?? new Uint8Array(0),
    stats,
    close: () => close(server),
  };
}

/** The receiver gives up a connection on purpose. */
function isBreak(error: Error & { readonly rawPacket?: unknown }): boolean {
  return Buffer.isBuffer(error.rawPacket) && error.rawPacket.toString("latin1") === BREAK;
}

function makeServer(
  certificate: Certificate | undefined,
  { headMs, stallMs }: { readonly headMs: number; readonly stallMs: number },
  onRequest: (request: IncomingMessage, response: ServerResponse) => void,
): Server {
  const limits = {
    headersTimeout: headMs,
    requestTimeout: headMs,
    connectionsCheckingInterval: headMs / 5,
    // Receivers close; those that fell silent are to be heard of when they do.
    keepAliveTimeout: stallMs + headMs,
    maxHeaderSize: HEAD_BYTES,
    highWaterMark: 1024 * 1024,
    noDelay: true,
  };
  if (certificate === undefined) return createHttpServer(limits, onRequest);
  const { key, cert } = certificate;
  return createHttpsServer(
    { ...limits, key, cert, minVersion: "TLSv1.2", handshakeTimeout: headMs },
    onRequest,
  );
}

async function close(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
