import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { join } from "node:path";
import { makeTicketIssuer, type TicketIssuer } from "../../../data/index.js";
import type { LibrarySpec } from "../../../libraries/library.js";
import type { CacheName, TaskId, WorkerId } from "../../../model/ids.js";
import {
  type Assign,
  type Call,
  type DataSource,
  type Deploy,
  encodeManagerBatch,
  type Introduce,
  type ManagerMessage,
} from "../../../protocol/index.js";
import type { Link } from "../../../transport/link.js";
import type { WorkerSpec } from "../../../workers/worker.js";
import type { Receiver } from "../../content/sources.js";
import type { Clock } from "../clock.js";

const TICKET_KEY_BYTES = 32;
/** What one batch may weigh, so that it stays well below LIMITS.frameBytes. */
const MOST_BYTES = 8 * 1024 * 1024;
/** Of a message beside its command, environment, names and inline bytes. */
const MESSAGE_BYTES = 512;
const NAME_BYTES = 128;
const MOST_MESSAGES = 10_000;

/** One worker's connection, from its introduction to its end: what it said of itself, and what it is to be told. */
export class Session {
  readonly id: WorkerId;
  readonly spec: WorkerSpec;
  /** Whom tickets for this worker are made out to. */
  readonly receiver: string;
  /** Key with which it checks the tickets of those who fetch from it. */
  readonly ticketKey: Uint8Array = randomBytes(TICKET_KEY_BYTES);
  /** Library instances that were deployed there and have not ended. */
  readonly instances = new Map<TaskId, LibrarySpec>();
  readonly #link: Link;
  readonly #claims: Introduce;
  readonly #clock: Clock;
  readonly #tickets: TicketIssuer;
  #earlierProof: Uint8Array | undefined;
  #outbox: ManagerMessage[] = [];
  #bytes = 0;
  #ended = false;
  #pins = 0;
  #releaseReason: string | undefined;

  constructor(spec: WorkerSpec, claims: Introduce, link: Link, clock: Clock) {
    this.id = spec.id;
    this.spec = spec;
    this.receiver = `worker-${spec.id}`;
    this.#claims = claims;
    this.#link = link;
    this.#clock = clock;
    this.#tickets = makeTicketIssuer(this.ticketKey, () => clock.monotonicMs());
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Whether who shows this has been told the key of this connection's tickets, or of the one that it took the place of. */
  isProvenBy(proof: Uint8Array): boolean {
    const own = createHash("sha256").update(this.ticketKey).digest();
    return [own, this.#earlierProof].some(
      (expected) => proof.length === expected?.length && timingSafeEqual(proof, expected),
    );
  }

  /** Its worker showed this, and had it from the connection before. It may not hear of our key before this one breaks too. */
  follow(earlierProof: Uint8Array): void {
    this.#earlierProof = earlierProof;
  }

  /** Queued until `flush`: what a worker is told in one turn travels as one batch. */
  say(message: ManagerMessage): void {
    this.#outbox.push(message);
    this.#bytes += weightOf(message);
    if (this.#bytes > MOST_BYTES || this.#outbox.length >= MOST_MESSAGES) this.flush();
  }

  flush(): void {
    if (this.#outbox.length === 0) return;
    const messages = this.#outbox;
    this.#outbox = [];
    this.#bytes = 0;
    if (!this.#ended) this.#link.send(encodeManagerBatch(messages, this.#clock.monotonicMs()));
  }

  /** How another worker, or the manager, gets an entry of this worker's cache. */
  source(cacheName: CacheName, receiver: Receiver): DataSource {
    const { dataPort, dataFingerprint, cachePath, hostId } = this.#claims;
    const sameHost = receiver.isLocalTo(hostId);
    const scheme = dataFingerprint.length === 0 ? "http" : "https";
    return {
      url: `${scheme}://${this.#dataHost(sameHost)}:${dataPort}/${encodeURIComponent(cacheName)}`,
      ticket: this.#tickets.issue(cacheName, receiver.name),
      fingerprint: dataFingerprint,
      localPath: sameHost && receiver.mayLink && cachePath !== "" ? join(cachePath, cacheName) : "",
    };
  }

  /** Something here still needs the worker's data: it is not let go before `unpin`. */
  pin(): void {
    this.#pins += 1;
  }

  unpin(): void {
    this.#pins -= 1;
    if (this.#pins === 0 && this.#releaseReason !== undefined) this.release(this.#releaseReason);
  }

  /** Lets the worker go, as soon as nothing needs it. */
  release(reason: string): void {
    this.#releaseReason = reason;
    if (this.#pins > 0) return;
    this.say({ type: "release", reason });
    this.flush();
  }

  markEnded(): void {
    this.#ended = true;
    this.#outbox = [];
  }

  #dataHost(sameHost: boolean): string {
    const hosts = this.#claims.dataHosts;
    const loopback = (host: string): boolean =>
      host === "localhost" || host === "::1" || host.startsWith("127.");
    const chosen =
      (sameHost ? hosts.find(loopback) : hosts.find((host) => !loopback(host))) ??
      hosts[0] ??
      this.#claims.host;
    return chosen.includes(":") ? `[${chosen}]` : chosen;
  }
}

/** About how many bytes a message takes; rather too many. */
function weightOf(message: ManagerMessage): number {
  switch (message.type) {
    case "call":
      return weightOfCall(message);
    case "fetch":
      return MESSAGE_BYTES + (message.source.type === "inline" ? message.source.bytes.length : 0);
    case "assign":
      return weightOfCommand(message) + weightOfNames(message.outputs);
    case "deploy":
      return weightOfCommand(message);
    default:
      return MESSAGE_BYTES;
  }
}

function weightOfCall({ args, inputs, outputs }: Call): number {
  let bytes = MESSAGE_BYTES + args.length;
  for (const { name, from } of inputs)
    bytes += NAME_BYTES + name.length * 3 + ("value" in from ? from.value.length : 0);
  return bytes + weightOfNames(outputs);
}

function weightOfCommand({ command, inputs, env }: Assign | Deploy): number {
  let bytes = MESSAGE_BYTES + command.length * 3 + weightOfNames(inputs);
  for (const [name, value] of Object.entries(env)) bytes += (name.length + (value?.length ?? 0)) * 3;
  return bytes;
}

function weightOfNames(mounts: readonly { readonly name: string }[]): number {
  let bytes = 0;
  for (const { name } of mounts) bytes += NAME_BYTES + name.length * 3;
  return bytes;
}
