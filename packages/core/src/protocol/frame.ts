import type { Buffer } from "node:buffer";
import { taskvine } from "#wire";
import { ERRORS, type ErrorCode, VineError } from "../model/errors.js";
import { LIMITS } from "../model/limits.js";
import { countFields, guarded, readerOf } from "./batch.js";
import { badFrame, present, readBytes, readCount, readLabel, readText } from "./checks.js";
import type { VersionRange } from "./version.js";
import { WireWriter } from "./writer.js";

/** Who dials: decides which secret it must prove, and which protocol is spoken after the handshake. */
export type PeerRole = "worker" | "client";

export interface Hello {
  readonly type: "hello";
  readonly role: PeerRole;
  readonly versions: VersionRange;
  /** HMAC-SHA-256 of the role's secret over role and nonce; empty when insecure. */
  readonly proof: Uint8Array;
  readonly nonce: Uint8Array;
  readonly software: string;
}

export interface Welcome {
  readonly type: "welcome";
  readonly version: number;
  /** 16 random bytes: names the session in every later frame of both directions. */
  readonly session: Uint8Array;
  readonly managerName: string;
  readonly managerInstance: string;
  readonly software: string;
  readonly heartbeatMs: number;
  readonly silenceMs: number;
}

/** A peer is turned away, or a session is ended on purpose. */
export interface Refused {
  readonly type: "refused";
  readonly error: VineError;
}

export type FrameBody =
  | Hello
  | Welcome
  | Refused
  | { readonly type: "batches"; readonly batches: readonly Uint8Array[] }
  | { readonly type: "heartbeat" }
  | { readonly type: "goodbye"; readonly error: VineError };

export interface Frame {
  /** Empty in frames of the handshake. */
  readonly session: Uint8Array;
  /** Counts a session's frames in one direction from 1; 0 in frames of the handshake. */
  readonly sequence: number;
  readonly body: FrameBody;
}

const SESSION_BYTES = 16;
/** What a frame has beside its batches, at most: envelope of the frame and of each batch. */
const FRAME_OVERHEAD_BYTES = 64;

const NO_SESSION = new Uint8Array(0);
const NONCE_BYTES = 64;
const wire = taskvine.handshake;

const ROLES = { worker: wire.Role.ROLE_WORKER, client: wire.Role.ROLE_CLIENT } as const satisfies Record<
  PeerRole,
  number
>;

/** A frame of the handshake: without session and sequence. */
export function handshakeFrame(body: Hello | Welcome | Refused): Frame {
  return { session: NO_SESSION, sequence: 0, body };
}

export function encodeFrame(frame: Frame): Buffer {
  const { session, sequence } = frame;
  const writer = new WireWriter();
  wire.Frame.encode({ session, sequence, ...writeBody(frame.body) }, writer);
  return writer.finish();
}

/** Throws BAD_FRAME (TOO_LARGE over LIMITS.frameBytes). Batches in it are views of `bytes`. */
export function decodeFrame(bytes: Uint8Array): Frame {
  if (bytes.length > LIMITS.frameBytes + FRAME_OVERHEAD_BYTES) {
    throw new VineError(
      "TOO_LARGE",
      `a frame of ${bytes.length} bytes, more than ${LIMITS.frameBytes} (frameBytes)`,
    );
  }
  return guarded(() => {
    countFields(readerOf(bytes), bytes.length, LIMITS.frameMessages);
    const frame = wire.Frame.decode(readerOf(bytes));
    if (frame.session.length !== 0 && frame.session.length !== SESSION_BYTES) throw badFrame("a bad session");
    return {
      session: frame.session,
      sequence: readCount(frame.sequence, "a sequence number"),
      body: readBody(frame),
    };
  });
}

function writeBody(body: FrameBody): taskvine.handshake.Frame.$Properties {
  switch (body.type) {
    case "batches":
      return { batches: body.batches as Uint8Array[] };
    case "heartbeat":
      return { heartbeat: true };
    case "goodbye":
      return { goodbye: writeError(body.error) };
    case "hello":
      return { handshake: { hello: writeHello(body) } };
    case "welcome":
      return { handshake: { welcome: body } };
    case "refused":
      return { handshake: { refused: writeError(body.error) } };
  }
}

function readBody(frame: taskvine.handshake.Frame): FrameBody {
  if (frame.batches.length > 0) return { type: "batches", batches: frame.batches };
  if (frame.heartbeat === true) return { type: "heartbeat" };
  if (frame.goodbye) return { type: "goodbye", error: readError(frame.goodbye) };
  const handshake = present(frame.handshake, "a body");
  if (handshake.hello) return readHello(handshake.hello);
  if (handshake.welcome) return readWelcome(handshake.welcome);
  return { type: "refused", error: readError(present(handshake.refused, "a handshake")) };
}

function writeHello(hello: Hello): taskvine.handshake.Hello.$Properties {
  return {
    role: ROLES[hello.role],
    versionMin: hello.versions.min,
    versionMax: hello.versions.max,
    proof: hello.proof,
    nonce: hello.nonce,
    software: hello.software,
  };
}

function readHello(hello: taskvine.handshake.Hello): Hello {
  return {
    type: "hello",
    role: readRole(hello.role),
    versions: { min: hello.versionMin, max: hello.versionMax },
    proof: readBytes(hello.proof, NONCE_BYTES, "a proof"),
    nonce: readBytes(hello.nonce, NONCE_BYTES, "a nonce"),
    software: readLabel(hello.software, "a software version"),
  };
}

function readRole(role: taskvine.handshake.Role): PeerRole {
  if (role === ROLES.worker) return "worker";
  if (role === ROLES.client) return "client";
  throw badFrame(`${role} is no role`);
}

function readWelcome(welcome: taskvine.handshake.Welcome): Welcome {
  if (welcome.session.length !== SESSION_BYTES) throw badFrame("a bad session");
  return {
    type: "welcome",
    version: welcome.version,
    session: readBytes(welcome.session, SESSION_BYTES, "a session"),
    managerName: readLabel(welcome.managerName, "a manager's name"),
    managerInstance: readLabel(welcome.managerInstance, "a manager's instance"),
    software: readLabel(welcome.software, "a software version"),
    heartbeatMs: welcome.heartbeatMs,
    silenceMs: welcome.silenceMs,
  };
}

function writeError(error: VineError): taskvine.handshake.Refused.$Properties {
  return { code: error.code, sentence: error.message, hint: error.hint };
}

/** A code of a newer version becomes BAD_FRAME; its sentence stays. */
function readError(refused: taskvine.handshake.Refused): VineError {
  const code = Object.hasOwn(ERRORS, refused.code) ? (refused.code as ErrorCode) : "BAD_FRAME";
  const sentence = readText(refused.sentence, LIMITS.inlineBytes, "a sentence");
  const hint = readText(refused.hint, LIMITS.inlineBytes, "a hint");
  return new VineError(code, sentence, { hint });
}
