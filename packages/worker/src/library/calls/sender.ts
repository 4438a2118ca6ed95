import type { CallInput } from "@taskvine/core/protocol";
import type { CallEntry, Flight } from "../../machine/libraries/tables/call.js";
import type { Parts } from "../../perform/parts.js";
import {
  argumentsOf,
  type CallInputPlace,
  ENCODING_CODES,
  isBrief,
  writeCall,
} from "../frames/call-header.js";
import type { GivenValue } from "../frames/frame-writer.js";
import type { Instances } from "../instances.js";
import type { HostConnection } from "../links/host-connection.js";
import type { CallSandboxes } from "./sandboxes.js";
import { valueFileOf } from "./value-file.js";

const NOTHING_PRINTED = { stdout: "", stderr: "", stdoutBytes: 0, stderrBytes: 0 };

/** Values that travel with a call, and what its library is told of its inputs. */
interface Told {
  readonly inputs: CallInputPlace[];
  readonly values: Uint8Array[];
  function: string;
}

/** Writes calls to the libraries that are to run them. */
export class CallSender {
  readonly #parts: Parts;
  readonly #instances: Instances;
  readonly #sandboxes: CallSandboxes;

  constructor(parts: Parts, instances: Instances, sandboxes: CallSandboxes) {
    this.#parts = parts;
    this.#instances = instances;
    this.#sandboxes = sandboxes;
  }

  send(flight: Flight): void {
    const host = this.#instances.host(flight.connection);
    const { hello } = host ?? {};
    if (host === undefined || hello === undefined) return; // its end is on the way
    const { call } = flight.call.order;
    if (!hello.encodings.includes(call.encoding)) return this.#refuse(flight, hello.encodings);
    this.#instances.speakTo(host);
    const { compact, compactValues } = hello;
    if (compact && !flight.call.pace.givesLarge && isBrief(call, compactValues))
      this.#sendBrief(host, flight);
    else this.#sendWhole(host, flight);
  }

  /** `withdraw`: only if it has not begun. */
  stop(flight: Flight, how: "cancel" | "withdraw"): void {
    const host = this.#instances.host(flight.connection);
    if (host === undefined) return;
    host.writer.json({ type: how, id: flight.id });
    this.#instances.speakTo(host);
  }

  #sendBrief(host: HostConnection, { id, call: { order } }: Flight): void {
    const { call } = order;
    const encoding = ENCODING_CODES[call.encoding];
    let name = call.function;
    let values: GivenValue[] | undefined;
    for (const input of call.inputs) {
      if (input.use === "function") name = this.#functionOf(host, input.from);
      else if ("value" in input.from) (values ??= []).push({ name: input.name, bytes: input.from.value });
    }
    if (values === undefined) host.writer.compactCall(encoding, id, name, call.args);
    else host.writer.compactCallWithValues({ encoding, id, name }, call.args, values);
  }

  #sendWhole(host: HostConnection, flight: Flight): void {
    const { call, inlineBytes } = flight.call.order;
    const given = argumentsOf(call, host.hello?.compact === true);
    const told: Told = { inputs: [], values: [], function: call.function };
    const firstValue = given.type === "attached" ? 1 : 0;
    for (const input of call.inputs) this.#tell(host, input, told, firstValue);
    writeCall(host.writer, { id: flight.id, call }, given, {
      ...told,
      sandbox: this.#sandboxOf(flight.call),
      valueFile: valueFileOf(this.#parts, flight.call.instance, flight.id),
      inlineBytes: Math.max(0, inlineBytes),
    });
  }

  #sandboxOf(call: CallEntry): string | undefined {
    return call.order.needsSandbox ? this.#sandboxes.folderOf(call)?.path : undefined;
  }

  #tell(host: HostConnection, { name, use, from }: CallInput, told: Told, firstValue: number): void {
    if (use === undefined) return; // it is in the sandbox
    if (use === "function") told.function = this.#functionOf(host, from);
    else if ("cacheName" in from) {
      told.inputs.push({ name, use, path: this.#parts.store.pathOf(from.cacheName) });
    } else if (use === "path") told.inputs.push({ name, use, path: this.#instances.fileOf(from.value) });
    else told.inputs.push({ name, use, attachment: firstValue + told.values.push(from.value) - 1 });
  }

  /** The name under which this connection knows a function; it is told of it before the first call of it. */
  #functionOf(host: HostConnection, from: CallInput["from"]): string {
    const key = "cacheName" in from ? from.cacheName : this.#instances.fileOf(from.value);
    let alias = host.aliases.get(key);
    if (alias === undefined) {
      alias = `@${host.aliases.size + 1}`;
      host.aliases.set(key, alias);
      const path = "cacheName" in from ? this.#parts.store.pathOf(from.cacheName) : key;
      host.writer.json({ type: "function", name: alias, path });
    }
    return alias;
  }

  #refuse({ connection, id, call }: Flight, encodings: readonly string[]): void {
    const spoken = encodings.join(", ");
    const message = `the library reads ${spoken}, and the arguments are ${call.order.call.encoding}`;
    const failure = {
      kind: "bad-arguments",
      message,
      traceback: "",
      exception: new Uint8Array(0),
      exitCode: undefined,
      signal: undefined,
    } as const;
    const nothing = { wallUs: undefined, cpuUs: undefined, memory: undefined, ...NOTHING_PRINTED };
    const answer = { id, failure, value: new Uint8Array(0), inFile: false, ...nothing };
    this.#parts.post({ type: "calls-answered", connection, answers: [answer] });
  }
}
