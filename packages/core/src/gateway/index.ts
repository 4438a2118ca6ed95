// For `vine manager`, and for programs that speak the client's protocol: tests, and clients in TypeScript.

export type { ClientMessage } from "./client-message.js";
export { decodeClientBatch, encodeClientBatch } from "./codec/client-codec.js";
export { decodeGatewayBatch, encodeGatewayBatch } from "./codec/gateway-codec.js";
export { Gateway } from "./gateway.js";
export type { Finished, GatewayMessage, Trouble } from "./gateway-message.js";
