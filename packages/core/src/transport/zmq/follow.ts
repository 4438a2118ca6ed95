import type { Context, Event, Socket } from "zeromq";

/** How long frames that were handed to a socket may take to leave after it was closed. */
export const LINGER_MS = 1_000;

/**
 * Contexts whose sockets still have something to tell. A context that is collected as garbage before the last event of its
 * closed sockets was read would leave us waiting for it, and the process would not end.
 */
const inUse = new Set<Context>();

/** Tells of what happens to a socket's connections, from before it is bound or connected until it is gone. */
export async function follow(socket: Socket, onEvent: (event: Event) => void): Promise<void> {
  const { context, events } = socket;
  inUse.add(context);
  while (!events.closed) {
    const event = await events.receive().catch(() => undefined);
    if (event === undefined) break;
    onEvent(event);
  }
  inUse.delete(context);
}
