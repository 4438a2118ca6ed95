import type { Readable } from "node:stream";
import type { AxiosResponse } from "axios";
import { FetchError } from "../fetch-error.js";
import { connectionError, shownUrl } from "./url-errors.js";

const MOST_REDIRECTS = 10;

export interface HttpRequest {
  readonly url: string;
  readonly method: "GET" | "HEAD";
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Longest silence of the server. */
  readonly stallMs: number;
}

/** An answer of a web server, of whatever status; its body has to be read or destroyed. */
export interface HttpAnswer {
  readonly status: number;
  header(name: string): string;
  /** Rejects with TRANSFER_STALLED, or TRANSFER_TRUNCATED when it ends too early. */
  body(): AsyncGenerator<Uint8Array>;
  destroy(): void;
}

/**
 * One request through axios, following redirects to http and https only. Rejects with URL_FAILED or URL_REFUSED. It takes
 * longer to load than all the rest of a worker, and few ever fetch a URL: it is loaded for the first request.
 */
export async function httpRequest(request: HttpRequest): Promise<HttpAnswer> {
  const { default: axios } = await import("axios");
  const watch = new StallWatch(request);
  try {
    const response = await axios.request<Readable>({
      url: request.url,
      method: request.method,
      headers: { "Accept-Encoding": "identity", ...request.headers },
      responseType: "stream",
      decompress: false,
      maxRedirects: MOST_REDIRECTS,
      maxContentLength: Number.POSITIVE_INFINITY,
      validateStatus: () => true,
      beforeRedirect: (options: Record<string, unknown>) => checkRedirect(request.url, options),
      signal: watch.signal,
    });
    return answerOf(response, request, watch);
  } catch (error) {
    watch.end();
    throw watch.explain(error, (other) => connectionError(request.url, other));
  }
}

function answerOf(response: AxiosResponse<Readable>, request: HttpRequest, watch: StallWatch): HttpAnswer {
  const headers = response.headers as Record<string, unknown>;
  return {
    status: response.status,
    header: (name) => {
      const value = headers[name.toLowerCase()];
      return typeof value === "string" ? value : "";
    },
    body: () => bodyOf(response.data, request, watch),
    destroy: () => {
      watch.end();
      response.data.destroy();
    },
  };
}

async function* bodyOf(
  stream: Readable,
  request: HttpRequest,
  watch: StallWatch,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of stream) {
      watch.stop();
      yield chunk as Uint8Array;
      watch.start();
    }
  } catch (error) {
    throw watch.explain(error, (other) => {
      if (other instanceof FetchError) return other;
      const reason = other instanceof Error ? other.message : String(other);
      return new FetchError("TRANSFER_TRUNCATED", "source", `${shownUrl(request.url)}: ${reason}`, other);
    });
  } finally {
    watch.end();
    stream.destroy();
  }
}

function checkRedirect(from: string, options: Record<string, unknown>): void {
  const protocol = String(options["protocol"]);
  if (protocol === "http:" || protocol === "https:") return;
  throw new FetchError("URL_REFUSED", "file", `${shownUrl(from)} redirects to a ${protocol} URL`);
}

/** Aborts a request when the server is silent for too long, or when nobody wants it any more. */
class StallWatch {
  readonly #request: HttpRequest;
  readonly #controller = new AbortController();
  readonly #onAbort: () => void;
  #timer: NodeJS.Timeout | undefined;
  #stalled = false;

  constructor(request: HttpRequest) {
    this.#request = request;
    this.#onAbort = () => this.#controller.abort();
    request.signal.throwIfAborted();
    request.signal.addEventListener("abort", this.#onAbort, { once: true });
    this.start();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  start(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#stalled = true;
      this.#controller.abort();
    }, this.#request.stallMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  end(): void {
    this.stop();
    this.#request.signal.removeEventListener("abort", this.#onAbort);
  }

  explain(error: unknown, otherwise: (error: unknown) => FetchError): FetchError {
    if (!this.#stalled) return otherwise(error);
    const seconds = this.#request.stallMs / 1000;
    return new FetchError(
      "TRANSFER_STALLED",
      "source",
      `${shownUrl(this.#request.url)}: no byte for ${seconds} s`,
      error,
    );
  }
}
