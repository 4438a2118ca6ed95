import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { VineError } from "@taskvine/core/model";
import type { Deploy } from "@taskvine/core/protocol";
import { killProcess } from "../launcher/processes/sweep.js";
import type { Answer } from "../machine/libraries/tables/call.js";
import type { Offer } from "../machine/libraries/tables/instance.js";
import type { AttemptKey } from "../machine/tables/order.js";
import type { Parts } from "../perform/parts.js";
import type { RunHandle } from "../run/contract.js";
import { valueFileOf, valueFilesOf, valueFolderOf } from "./calls/value-file.js";
import { libraryEnvironment } from "./environment.js";
import type { HostHello } from "./frames/host-message.js";
import { HostConnection, type HostEvents } from "./links/host-connection.js";
import { isKin } from "./links/kin.js";
import { LibraryDoor } from "./links/library-door.js";
import { LogAllowance } from "./links/log-allowance.js";

interface OpenInstance {
  readonly key: AttemptKey;
  readonly deploy: Deploy;
  readonly token: string;
  readonly door: LibraryDoor;
  readonly log: LogAllowance;
  handle: RunHandle | undefined;
}

const TOKEN_BYTES = 18;
const LOG_SHOWN = 1_000;

/** The sockets of the libraries on this worker and who is connected to them. */
export class Instances implements HostEvents {
  readonly #parts: Parts;
  readonly #open = new Map<AttemptKey, OpenInstance>();
  readonly #hosts = new Map<number, { readonly host: HostConnection; readonly instance: OpenInstance }>();
  /** Those to whom something was said in this turn. */
  readonly #spokenTo = new Set<HostConnection>();
  #count = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Opens the socket of an instance; returns what its process is to be told. */
  open(key: AttemptKey, deploy: Deploy): Record<string, string> {
    const token = randomBytes(TOKEN_BYTES).toString("base64url");
    mkdirSync(valueFolderOf(this.#parts, key), { mode: 0o700, recursive: true });
    const terms = { token, valueFiles: valueFilesOf(this.#parts, key) };
    const door = new LibraryDoor(this.#parts.runner.socketFolder, `${++this.#count}`, deploy.slots, {
      onSocket: (socket) => {
        const instance = this.#open.get(key);
        if (instance === undefined) return void socket.destroy();
        const host = new HostConnection(++this.#count, socket, terms, this);
        this.#hosts.set(host.id, { host, instance });
      },
      onError: ({ message }) => this.#open.get(key)?.handle?.kill("library-exit", `no socket: ${message}`),
    });
    const log = new LogAllowance(this.#parts.nowMs());
    this.#open.set(key, { key, deploy, token, door, log, handle: undefined });
    const { slots, library: name } = deploy;
    return libraryEnvironment({ socket: door.path, token, slots, name });
  }

  /** It is about to be started. */
  follow(key: AttemptKey, handle: RunHandle): void {
    const instance = this.#open.get(key);
    if (instance === undefined) return;
    instance.handle = handle;
    void handle.started.then(() => this.#parts.post({ type: "library-started", key }));
  }

  close(key: AttemptKey): void {
    const instance = this.#open.get(key);
    if (instance === undefined) return;
    this.#open.delete(key);
    instance.door.close();
    this.#parts.store.discard(valueFolderOf(this.#parts, key));
    this.#tellLeftOut(instance);
  }

  host(id: number): HostConnection | undefined {
    return this.#hosts.get(id)?.host;
  }

  /** What is written to it goes out at the end of the turn. */
  speakTo(host: HostConnection): void {
    this.#spokenTo.add(host);
  }

  flush(): void {
    if (this.#spokenTo.size === 0) return;
    for (const host of this.#spokenTo) host.flush();
    this.#spokenTo.clear();
  }

  ready(key: AttemptKey, { slots, functions }: Offer): void {
    const deploy = this.#open.get(key)?.deploy;
    if (deploy === undefined) return;
    const { task, attempt } = deploy;
    const names = functions === undefined ? {} : { functions };
    this.#parts.outlet.say({ type: "library-ready", task, attempt, slots, ...names });
    this.#parts.news.tell({ type: "library-ready", library: deploy.library, task: key, slots });
  }

  /** Kills the process of a connection where it is one of the library's; else all of the library. */
  endConnection(id: number, message: string): void {
    const found = this.#hosts.get(id);
    if (found === undefined) return;
    const { host, instance } = found;
    const pid = host.hello?.pid ?? 0;
    const main = instance.handle?.pid;
    if (main !== undefined && pid !== main && isKin(pid, main) && killProcess(pid, "SIGKILL")) return;
    instance.handle?.kill("library-exit", message, 0);
  }

  /** A value that came with a call, as a file that its library can read. */
  fileOf(bytes: Uint8Array): string {
    const name = createHash("sha256").update(bytes).digest("hex").slice(0, 32);
    const path = join(this.#parts.runner.socketFolder, name);
    if (!existsSync(path)) writeFileSync(path, bytes, { mode: 0o400 });
    return path;
  }

  onHello(host: HostConnection, hello: HostHello): void {
    const found = this.#hosts.get(host.id);
    if (found === undefined) return;
    const { slots, cancel: cancels, functions, pid } = hello;
    const isMain = pid === found.instance.handle?.pid;
    const facts = { id: host.id, slots, cancels, functions, isMain };
    this.#parts.post({ type: "connection-opened", key: found.instance.key, facts });
  }

  onAnswers(host: HostConnection, answers: readonly Answer[]): void {
    this.#parts.post({ type: "calls-answered", connection: host.id, answers });
  }

  onStarted(host: HostConnection, ids: readonly number[]): void {
    this.#parts.post({ type: "calls-begun", connection: host.id, ids });
  }

  onEnd(host: HostConnection): void {
    this.#parts.post({ type: "connection-ending", connection: host.id });
  }

  onLog(host: HostConnection, level: string, message: string): void {
    const instance = this.#hosts.get(host.id)?.instance;
    const shown = message.slice(0, LOG_SHOWN);
    if (instance?.log.admits(Buffer.byteLength(shown), this.#parts.nowMs()) !== true) return;
    this.#tellLeftOut(instance);
    this.#parts.news.tell({ type: "library-says", library: instance.deploy.library, level, message: shown });
  }

  #tellLeftOut({ log, deploy: { library } }: OpenInstance): void {
    const leftOut = log.takeLeftOut();
    if (leftOut === undefined) return;
    const { messages, bytes } = leftOut;
    const message = `${messages} messages of it with ${bytes} bytes were left out: more than libraryLogBytes allows`;
    this.#parts.news.tell({ type: "library-says", library, level: "warn", message });
  }

  /** What calls had begun to write that went down with its process. */
  #discardHalfWritten({ id }: HostConnection): void {
    const { world, store } = this.#parts;
    for (const flight of world.libraries.connection(id)?.flights() ?? []) {
      if (flight.begunMs !== undefined)
        store.discard(valueFileOf(this.#parts, flight.call.instance, flight.id));
    }
  }

  /** Without another connection the library could only be waited for in vain. */
  onBroken(host: HostConnection, reason: string): void {
    const instance = this.#hosts.get(host.id)?.instance;
    if (instance === undefined) return;
    const sentence = `library ${instance.deploy.library} was put out: ${reason}`;
    const { code, message } = new VineError("BAD_FRAME", sentence);
    this.#parts.news.tell({ type: "warning", code, message });
    const others = [...this.#hosts.values()].filter((one) => one.instance === instance && one.host !== host);
    if (others.every((one) => one.host.hello === undefined))
      instance.handle?.kill("library-exit", sentence, 0);
  }

  onClosed(host: HostConnection): void {
    this.#discardHalfWritten(host);
    this.#hosts.delete(host.id);
    this.#spokenTo.delete(host);
    if (host.hello !== undefined) this.#parts.post({ type: "connection-closed", connection: host.id });
  }
}
