const KiB = 1024;
const MiB = 1024 * KiB;
const GiB = 1024 * MiB;

/** Every bound in one place. A peer or user that exceeds one gets an error that names it. */
export const LIMITS = {
  /** One frame of the control link, bytes. */
  frameBytes: 64 * MiB,
  /** Messages in one frame. */
  frameMessages: 100_000,
  /** One message in a frame, bytes, and its fields (elements of lists counted one by one). */
  messageBytes: 32 * MiB,
  messageFields: 250_000,
  /** What one link may have queued before it is given up: its peer does not read. Bytes. */
  linkQueueBytes: 256 * MiB,
  /** What one worker may claim to have. */
  workerCores: 65_536,
  workerGpus: 4_096,
  /** Payload that travels in a control message: buffers, stream tails, bytes. */
  inlineBytes: 64 * KiB,
  /** Result of a function call that travels with the news although it has a file to go to: beyond, copying costs more than fetching. Bytes. */
  valueBytes: 10 * KiB,
  /** Small values of calls that the manager holds in memory, bytes; beyond, they lie in a file of the run (`ManagerOptions.heldValueBytes`). */
  heldValueBytes: 1 * GiB,
  /** Arguments of a function call, bytes: larger things are files. */
  argsBytes: 16 * MiB,
  /** Functions that one library offers by name. */
  libraryFunctions: 10_000,
  /** What an instance of a library may say in its log at once, bytes; it may say as much again every four seconds. */
  libraryLogBytes: 64 * KiB,
  /** Calls that one library instance runs at once. */
  librarySlots: 4_096,
  /** Standard output or error kept of one attempt, bytes. */
  streamBytes: 1 * GiB,
  /** Length of a command line, bytes. */
  commandBytes: 1 * MiB,
  /** All environment variables of a task, bytes. */
  envBytes: 1 * MiB,
  /** A name in a sandbox or an archive, bytes, and its depth in folders. */
  nameBytes: 4096,
  nameDepth: 128,
  /** Inputs and outputs of a task. */
  mountsPerTask: 100_000,
  /** An unpacked archive: entries, bytes, bytes out per byte in (looked at from 64 MiB on). */
  archiveEntries: 5_000_000,
  archiveBytes: 1024 * GiB,
  archiveRatio: 200,
  /** Silence after which a peer's connection counts as lost, and how often we speak, milliseconds. */
  silenceMs: 15_000,
  heartbeatMs: 5_000,
  /** Silence of a client's program after which it counts as gone although its connection stands, milliseconds. */
  clientSilenceMs: 600_000,
  /** News for a client that waits for it to read, bytes; requests of it at work, and files on their way to it. */
  clientHeldBytes: 1 * GiB,
  clientRequests: 1_000,
  clientFetches: 16,
  /** A handshake that is not complete by then is dropped, milliseconds. */
  handshakeMs: 5_000,
  /** A transfer that moves no byte for this long has stalled, milliseconds. */
  stallMs: 30_000,
  /** A ticket's life, milliseconds; a transfer begun in time may take longer. */
  ticketMs: 600_000,
  /** Copies one source gives at a time, and one worker takes at a time. */
  transfersPerSource: 3,
  transfersPerDestination: 8,
  /** Connections open on a data server. */
  dataConnections: 1_024,
} as const;
