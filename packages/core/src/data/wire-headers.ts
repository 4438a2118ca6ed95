/** Headers of our own between data servers and those who fetch from them. */
export const HEADERS = {
  receiver: "X-Vine-Receiver",
  /** "file" or "tree" (sent as tar). */
  kind: "X-Vine-Kind",
  /** "1": the file has executable bits. */
  executable: "X-Vine-Executable",
  /** Bytes of all files of a tree. */
  size: "X-Vine-Size",
  /** Trailer: CRC-32 of the body in hex, where neither TLS nor a known digest tells that it arrived as it was sent. */
  checksum: "X-Vine-Checksum",
} as const;

/**
 * Said over TLS in place of a further request: not all has arrived, so the ticket is to stay good. It is no HTTP, and
 * breaks the connection at the data server as a reset does where there is no TLS.
 */
export const BREAK = "vine-break\r\n\r\n";

/** Scheme of the Authorization header, before the ticket in base64. */
export const TICKET_SCHEME = "Vine";

/** The name that a ticket for a lifeline is issued for, and its path. */
export const LIFELINE = "lifeline";
