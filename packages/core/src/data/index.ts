export { checkSandboxName } from "../files/sandbox-name.js";
export type {
  DataServer,
  DataServerOptions,
  Fetched,
  FetchFile,
  FetchRequest,
  Held,
  PeerSource,
  TicketIssuer,
  UnpackLimits,
} from "./contract.js";
export { DigestCache } from "./digest/digest-cache.js";
export {
  type DigestOptions,
  digestFile,
  digestPath,
  digestTree,
  type PathDigest,
} from "./digest/digest-path.js";
export { fetchFile } from "./fetch/fetch-file.js";
export { identifyUrl, type UrlIdentity } from "./fetch/identify-url.js";
export { type Lifeline, type LifelineOptions, openLifeline } from "./fetch/peer/open-lifeline.js";
export { FetchError } from "./fetch-error.js";
export { startDataServer } from "./server/data-server.js";
export { closeDataThreads } from "./threads/pool.js";
export { makeTicketChecker, makeTicketIssuer, type TicketChecker, type TicketUse } from "./tickets.js";
export { makeReadOnly } from "./tree/make-read-only.js";
export { removeTree } from "./tree/remove-tree.js";
export { type UnpackRequest, unpackArchive } from "./unpack/unpack-archive.js";
export type { Unpacked } from "./unpack/unpack-job.js";
export { LIFELINE } from "./wire-headers.js";
