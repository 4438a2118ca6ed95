export {
  livingManager,
  readConnectionFile,
  removeConnectionFile,
  writeConnectionFile,
} from "./connection-file.js";
export type {
  ConnectionFile,
  Dial,
  DialOptions,
  Link,
  LinkEnd,
  LinkHandlers,
  LinkServer,
  LinkServerOptions,
  Role,
  RoleKeys,
  WelcomeFacts,
} from "./link.js";
export { type MemoryLinks, memoryLinks } from "./memory.js";
export { dial } from "./zmq/dial.js";
export { listen } from "./zmq/server.js";
