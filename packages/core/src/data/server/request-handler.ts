import { Buffer } from "node:buffer";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { VineError } from "../../model/errors.js";
import { LIMITS } from "../../model/limits.js";
import type { DataServerOptions } from "../contract.js";
import type { TicketChecker } from "../tickets.js";
import { HEADERS, LIFELINE, TICKET_SCHEME } from "../wire-headers.js";
import { sendHeld } from "./send-body.js";

/** A system call's worth of silence after which a lifeline's socket is probed, milliseconds. */
const PROBE_MS = 5_000;

interface Asked {
  readonly name: string;
  readonly receiver: string;
  readonly ticket: Uint8Array;
  readonly from: number;
}

/** Answers requests one by one: who has no good ticket learns nothing, not even whether a file exists. */
export class RequestHandler {
  readonly #options: DataServerOptions;
  readonly #tickets: TicketChecker;
  readonly #stats: { bytesSent: number; sending: number };
  /** Answers being given, by ticket: a receiver that asks again has given up on the one before. */
  readonly #running = new Map<string, ServerResponse>();

  constructor(
    options: DataServerOptions,
    tickets: TicketChecker,
    stats: { bytesSent: number; sending: number },
  ) {
    this.#options = options;
    this.#tickets = tickets;
    this.#stats = stats;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    request.resume();
    response.on("error", () => undefined);
    const asked = this.#admit(request, response);
    if (asked === undefined) return;
    if (asked.name === LIFELINE) this.#holdLifeline(asked.receiver, response);
    else await this.#give(asked, request.method === "HEAD", response);
  }

  #admit(request: IncomingMessage, response: ServerResponse): Asked | undefined {
    const asked = readRequest(request);
    const refusal = typeof asked === "string" ? asked : this.#tickets.refusal(asked.ticket, useOf(asked));
    if (typeof asked !== "string" && refusal === undefined) return asked;
    this.#refuse(
      response,
      403,
      new VineError("TICKET_REFUSED", `${request.socket.remoteAddress ?? "?"}: ${refusal}`),
    );
    return undefined;
  }

  async #give(asked: Asked, headOnly: boolean, response: ServerResponse): Promise<void> {
    const hold = this.#options.hold(asked.name);
    if (hold === undefined) {
      this.#refuse(response, 404, new VineError("NOT_HELD", `${asked.name} is not held here`));
      return;
    }
    const key = Buffer.from(asked.ticket).toString("base64");
    if (!headOnly) this.#replaceRunning(key, response);
    this.#stats.sending++;
    const { socket } = response;
    const stalled = (): void => this.#stalled(asked, response);
    try {
      socket?.setTimeout(this.#options.stallMs ?? LIMITS.stallMs, stalled);
      await sendHeld(hold.held, {
        response,
        from: asked.from,
        headOnly,
        isPlain: this.#options.insecure,
        onBytes: (count) => (this.#stats.bytesSent += count),
      });
      if (!headOnly && response.statusCode < 300) this.#spend(asked.ticket, socket);
    } catch (error) {
      this.#options.onRefused?.(VineError.from(error), asked.name);
      abort(response);
    } finally {
      socket?.off("timeout", stalled);
      hold.release();
      this.#stats.sending--;
      if (this.#running.get(key) === response) this.#running.delete(key);
    }
  }

  /**
   * The receiver closes the connection when it has everything: only then is it certain. One that broke before the end
   * of the sending was noticed here has no "close" to come any more.
   */
  #spend(ticket: Uint8Array, socket: Socket | null): void {
    if (socket !== null && socket.errored !== null) return;
    this.#tickets.spend(ticket);
    socket?.once("close", (isBroken: boolean) => {
      if (isBroken) this.#tickets.restore(ticket);
    });
  }

  #replaceRunning(key: string, response: ServerResponse): void {
    this.#running.get(key)?.destroy();
    this.#running.set(key, response);
  }

  #stalled(asked: Asked, response: ServerResponse): void {
    this.#options.onRefused?.(
      new VineError("TRANSFER_STALLED", `${asked.receiver} stopped reading ${asked.name}`),
    );
    response.destroy();
  }

  #holdLifeline(receiver: string, response: ServerResponse): void {
    response.socket?.setTimeout(0);
    response.socket?.setKeepAlive(true, PROBE_MS);
    response.writeHead(200, { "Content-Type": "application/octet-stream" });
    response.flushHeaders();
    this.#options.onLifeline?.(receiver, "open");
    response.once("close", () => this.#options.onLifeline?.(receiver, "closed"));
  }

  #refuse(response: ServerResponse, status: number, error: VineError): void {
    this.#options.onRefused?.(error);
    response.shouldKeepAlive = false;
    response.writeHead(status, { "Content-Length": 0 }).end();
  }
}

/** After the head is sent, only a broken connection tells that something is wrong. */
function abort(response: ServerResponse): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(409, { "Content-Length": 0 }).end();
}

function useOf(asked: Asked): { cacheName: string; receiver: string } {
  return { cacheName: asked.name, receiver: asked.receiver };
}

/** What is asked for, or why it cannot be understood. */
function readRequest(request: IncomingMessage): Asked | string {
  if (request.method !== "GET" && request.method !== "HEAD") return `method ${request.method ?? ""}`;
  const [scheme, base64 = ""] = (request.headers.authorization ?? "").split(" ", 2);
  if (scheme !== TICKET_SCHEME) return "no ticket";
  const receiver = request.headers[HEADERS.receiver.toLowerCase()];
  if (typeof receiver !== "string") return "no receiver";
  const name = decodedName(request.url ?? "");
  if (name === undefined) return "a malformed path";
  const from = rangeStart(request.headers.range);
  if (from === undefined) return "a malformed range";
  return { name, receiver, ticket: Buffer.from(base64, "base64"), from };
}

function decodedName(url: string): string | undefined {
  try {
    return decodeURIComponent(url.slice(1));
  } catch {
    return undefined;
  }
}

function rangeStart(range: string | undefined): number | undefined {
  if (range === undefined) return 0;
  const match = /^bytes=(\d{1,15})-$/.exec(range);
  return match === null ? undefined : Number(match[1]);
}
