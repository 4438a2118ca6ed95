import type { Buffer } from "node:buffer";
import { curveKeyPair, Dealer } from "zeromq";
import {
  decodeFrame,
  encodeFrame,
  type Frame,
  type Hello,
  handshakeFrame,
  type Welcome,
} from "../../protocol/index.js";
import { greeting } from "../doorkeeper.js";
import type { LinkServer, Role, RoleKeys } from "../link.js";

interface RawOptions {
  readonly role?: Role;
  /** Other keys than the role's own. */
  readonly curve?: { readonly publicKey: string; readonly secretKey: string };
  readonly plain?: boolean;
  readonly routingId?: string;
}

/** A peer that can send what ours never would. */
export class RawPeer {
  readonly dealer: Dealer;
  readonly keys: RoleKeys;
  readonly role: Role;

  constructor(server: LinkServer, options: RawOptions = {}) {
    this.role = options.role ?? "worker";
    this.keys = server.keys[this.role];
    const { publicKey, secretKey } = options.curve ?? this.keys;
    const curve = {
      curveServerKey: server.keys.serverKey,
      curvePublicKey: publicKey,
      curveSecretKey: secretKey,
    };
    this.dealer = new Dealer({
      linger: 0,
      receiveTimeout: 30_000,
      ...(options.routingId === undefined ? {} : { routingId: options.routingId }),
      ...(server.keys.insecure || options.plain === true ? {} : curve),
    });
    this.dealer.connect(`tcp://127.0.0.1:${server.port}`);
  }

  static strangersKeys(): { publicKey: string; secretKey: string } {
    return curveKeyPair();
  }

  hello(changes: Partial<Hello> = {}): Buffer {
    const keys = this.keys.secret === "" ? undefined : this.keys;
    return encodeFrame(handshakeFrame({ ...greeting(this.role, "raw", keys), ...changes }));
  }

  async send(frame: Frame | Buffer): Promise<void> {
    await this.dealer.send("body" in frame ? encodeFrame(frame) : frame);
  }

  /** The next frame; throws EAGAIN when none comes in time. */
  async next(waitMs = 30_000): Promise<Frame> {
    this.dealer.receiveTimeout = waitMs;
    const [frame] = await this.dealer.receive();
    return decodeFrame(frame as Buffer);
  }

  async greet(): Promise<Welcome> {
    await this.send(this.hello());
    const { body } = await this.next();
    if (body.type === "welcome") return body;
    throw new Error(`${body.type} instead of a welcome`);
  }

  close(): void {
    this.dealer.close();
  }
}
