export { decodeManagerBatch, encodeManagerBatch } from "./codec/manager-codec.js";
export { decodeWorkerBatch, encodeWorkerBatch } from "./codec/worker-codec.js";
export {
  decodeFrame,
  encodeFrame,
  type Frame,
  type FrameBody,
  type Hello,
  handshakeFrame,
  type PeerRole,
  type Refused,
  type Welcome,
} from "./frame.js";
export { FrameGate, type Verdict } from "./frame-gate.js";
export type {
  Assign,
  AssignInput,
  AssignOutput,
  Call,
  CallInput,
  DataSource,
  Deploy,
  Drop,
  Fetch,
  FetchSource,
  Kill,
  Make,
  MakeRecipe,
  ManagerBatch,
  ManagerMessage,
  Release,
  Retract,
  Setup,
} from "./manager-message.js";
export { agreeVersion, PROTOCOL_VERSIONS, type VersionRange } from "./version.js";
export type {
  Ended,
  Fault,
  Introduce,
  Leaving,
  LibraryReady,
  ReplicaGone,
  ReplicaReady,
  Returned,
  ReturnReason,
  RunningAttempt,
  Started,
  TransferFailed,
  Watched,
  WorkerMessage,
} from "./worker-message.js";
