import type { Buffer } from "node:buffer";
import { Dealer, type EventType } from "zeromq";
import { VineError } from "../../model/errors.js";
import { LIMITS } from "../../model/limits.js";
import { type Dialled, LinkGuest } from "../guest.js";
import type { DialOptions } from "../link.js";
import type { Sending } from "../outbox.js";
import { checkAddress, FRAMES_IN_FLIGHT, MOST_MESSAGE_BYTES } from "./addresses.js";
import { follow, LINGER_MS } from "./follow.js";

/** Between attempts to connect. */
const RECONNECT_MS = 100;
/** How often the other end may close in the middle of the secure handshake before we take it for a refusal. */
const MOST_BROKEN_HANDSHAKES = 3;

/** Connects and shakes hands, trying again until the connect time-out. The promise settles before the first `onBatch`. */
export async function dial(options: DialOptions): Promise<Dialled> {
  const address = checkAddress(options.address);
  const dealer = openDealer(options);
  const guest = new LinkGuest({
    dial: options,
    transmit: (frame) => transmit(dealer, frame),
    onDone: () => dealer.close(),
  });
  if (!dealer.closed) {
    const onEvent = connectionEvents(dealer, guest, options);
    void follow(dealer, ({ type }) => onEvent(type));
    dealer.connect(address);
    guest.start();
    void receive(dealer, guest);
  }
  return guest.dialled;
}

function openDealer({ keys, address }: DialOptions): Dealer {
  const security =
    keys === undefined
      ? {}
      : { curveServerKey: keys.serverKey, curvePublicKey: keys.publicKey, curveSecretKey: keys.secretKey };
  try {
    return new Dealer({
      ...security,
      sendHighWaterMark: FRAMES_IN_FLIGHT,
      receiveHighWaterMark: FRAMES_IN_FLIGHT,
      maxMessageSize: MOST_MESSAGE_BYTES,
      handshakeInterval: LIMITS.handshakeMs,
      reconnectInterval: RECONNECT_MS,
      heartbeatInterval: LIMITS.heartbeatMs,
      heartbeatTimeout: LIMITS.silenceMs,
      linger: LINGER_MS,
      ipv6: address.includes("["),
    });
  } catch (thrown) {
    throw new VineError("BAD_ARGUMENT", "the keys for this manager are damaged", { cause: thrown });
  }
}

/** What each thing that happens to the connection means for the link. */
function connectionEvents(
  dealer: Dealer,
  guest: LinkGuest,
  options: DialOptions,
): (event: EventType) => void {
  let secured = false;
  let broken = 0;
  const refused = (): void => {
    const how = options.keys === undefined ? "wants a key" : "does not accept our key";
    guest.fail(new VineError("NOT_AUTHORISED", `the manager at ${options.address} ${how}`));
  };
  const disagreed = (): void => {
    const [ours, theirs] = options.keys === undefined ? ["without", "with"] : ["with", "without"];
    const sentence = `we speak ${ours} encryption, the other end at ${options.address} ${theirs}`;
    guest.fail(new VineError("NOT_AUTHORISED", sentence));
  };
  return (event) => {
    if (event === "handshake") {
      secured = true;
      guest.connected();
    } else if (event === "handshake:error:auth") {
      refused();
    } else if (event === "handshake:error:protocol") {
      disagreed();
    } else if (event === "handshake:error:other") {
      broken++;
      if (broken >= MOST_BROKEN_HANDSHAKES) refused();
    } else if (event === "disconnect" && secured && !dealer.closed) {
      // What still waits can reach nobody.
      dealer.linger = 0;
      guest.lost("closed the connection without a goodbye");
    }
  };
}

async function receive(dealer: Dealer, guest: LinkGuest): Promise<void> {
  try {
    for await (const frames of dealer) for (const frame of frames) guest.receive(frame);
  } catch (thrown) {
    if (!dealer.closed) guest.fail(VineError.from(thrown));
  }
}

async function transmit(dealer: Dealer, frame: Buffer): Promise<Sending> {
  try {
    await dealer.send(frame);
    return "sent";
  } catch {
    return "gone";
  }
}
