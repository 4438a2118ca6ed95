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
export { FetchError } from "./fetch-error.js";
export { checkSandboxName } from "../files/sandbox-name.js";
export { makeTicketChecker, makeTicketIssuer, type TicketChecker, type TicketUse } from "./tickets.js";
export { closeDataThreads } from "./threads/pool.js";
export {
  digestFile,
  digestPath,
  digestTree,
  type DigestOptions,
  type PathDigest,
} from "./digest/digest-path.js";
export { DigestCache } from "./digest/digest-cache.js";
export { makeReadOnly } from "./tree/make-read-only.js";
export { removeTree } from "./tree/remove-tree.js";
export { unpackArchive, type UnpackRequest } from "./unpack/unpack-archive.js";
export type { Unpacked } from "./unpack/unpack-job.js";
export { startDataServer } from "./server/data-server.js";
export { LIFELINE } from "./wire-headers.js";
export { fetchFile } from "./fetch/fetch-file.js";
export { identifyUrl, type UrlIdentity } from "./fetch/identify-url.js";
export { openLifeline, type Lifeline, type LifelineOptions } from "./fetch/open-lifeline.js";
