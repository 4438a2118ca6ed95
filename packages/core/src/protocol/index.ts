export { encodeManagerBatch, decodeManagerBatch } from "./manager-codec.js";
export { encodeWorkerBatch, decodeWorkerBatch } from "./worker-codec.js";
export type {
  Assign,
  AssignInput,
  AssignOutput,
  DataSource,
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
export type {
  Ended,
  Fault,
  Introduce,
  Leaving,
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
export {
  decodeFrame,
  encodeFrame,
  handshakeFrame,
  type Frame,
  type FrameBody,
  type Hello,
  type PeerRole,
  type Refused,
  type Welcome,
} from "./frame.js";
export { FrameGate, type Verdict } from "./frame-gate.js";
export { agreeVersion, PROTOCOL_VERSIONS, type VersionRange } from "./version.js";
