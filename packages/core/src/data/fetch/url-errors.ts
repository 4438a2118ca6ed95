import { FetchError } from "../fetch-error.js";

/** Schemes that files can be declared with. */
const URL_SCHEMES = ["http:", "https:", "file:", "data:"] as const;

/** A URL that can be shown: without password, and not endless. */
export function shownUrl(text: string): string {
  if (text.startsWith("data:")) return `${text.slice(0, 40)}…`;
  try {
    const url = new URL(text);
    if (url.password !== "") url.password = "***";
    return url.href.length > 300 ? `${url.href.slice(0, 300)}…` : url.href;
  } catch {
    return JSON.stringify(text.slice(0, 300));
  }
}

/** Parses a URL of a known scheme. Throws URL_UNSUPPORTED. */
export function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const known: readonly string[] = URL_SCHEMES;
  if (url !== undefined && known.includes(url.protocol)) return url;
  throw new FetchError(
    "URL_UNSUPPORTED",
    "file",
    `${shownUrl(text)}: only http, https, file and data URLs can be fetched`,
  );
}

/** What a status other than 2xx means; undefined for 2xx. */
export function statusError(url: string, status: number): FetchError | undefined {
  const sentence = `${shownUrl(url)} answered ${status}`;
  if (status >= 200 && status < 300) return undefined;
  if (status === 404 || status === 410) return new FetchError("URL_NOT_FOUND", "file", sentence);
  // Too early, too many: worth another try, unlike all other 4xx.
  if (status >= 500 || status === 408 || status === 425 || status === 429) {
    return new FetchError("URL_FAILED", "source", sentence);
  }
  return new FetchError("URL_REFUSED", "file", sentence);
}

/** What axios or the connection below it threw. */
export function connectionError(url: string, error: unknown): FetchError {
  if (error instanceof FetchError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const sentence = `${shownUrl(url)}: ${message}`;
  if (code?.startsWith("ERR_FR_") === true || code === "ERR_BAD_OPTION") {
    return new FetchError("URL_REFUSED", "file", sentence, error);
  }
  return new FetchError("URL_FAILED", "source", sentence, error);
}
