import type { Call, Deploy } from "@taskvine/core/protocol";
import { callOrderOf } from "../library/calls/order.js";
import { aCall, aDeploy } from "../library/testing/orders.js";
import type { WorkerEffect } from "../machine/event.js";
import type { Answer, Flight } from "../machine/libraries/tables/call.js";
import type { ConnectionFacts } from "../machine/libraries/tables/connection.js";
import { deploymentOf } from "../perform/translate.js";
import { Bench } from "./bench-world.js";

const ALLOCATION = { cores: 1, memory: 100, disk: 10, gpus: 0, gpuIds: [] };

/** A library with connections, and what was sent over them. */
export class LibraryScene {
  readonly bench = new Bench();
  readonly deploy: Deploy;
  readonly key: string;
  readonly sent: Flight[] = [];
  readonly effects: WorkerEffect[] = [];
  #connections = 0;

  /** With a connection for each of these. */
  constructor(...slots: readonly number[]) {
    this.deploy = aDeploy({}, { allocation: ALLOCATION, slots: Math.max(1, ...slots), startWithinMs: 1_000 });
    this.key = `${this.deploy.task}-1`;
    this.do({ type: "task-assigned", assignment: deploymentOf(this.deploy, this.key) });
    for (const count of slots) this.connect({ slots: count });
  }

  /** One that can cancel, of a process that is not the first, unless told otherwise. Returns its number. */
  connect(parts: Partial<ConnectionFacts> = {}): number {
    const id = ++this.#connections;
    const facts = { id, slots: 1, cancels: true, functions: undefined, isMain: false, ...parts };
    this.do({ type: "connection-opened", key: this.key, facts });
    return id;
  }

  do(...events: Parameters<Bench["do"]>): WorkerEffect[] {
    const effects = this.bench.do(...events);
    for (const effect of effects) if (effect.type === "send-call") this.sent.push(effect.flight);
    this.effects.push(...effects);
    return effects;
  }

  ask(name: string, count = 1, parts: Partial<Call> = {}): Call[] {
    const calls = Array.from({ length: count }, () => aCall(this.deploy.task, name, [], parts));
    this.do(...calls.map((call) => ({ type: "call-asked", order: callOrderOf(call) }) as const));
    return calls;
  }

  /** So much time passes, and limits are looked at. */
  pass(ms: number): WorkerEffect[] {
    this.bench.nowMs += ms;
    return this.do({ type: "calls-due" });
  }

  answer(flight: Flight | undefined, wallUs: number): void {
    if (flight === undefined) throw new Error("nothing was sent");
    this.do({
      type: "calls-answered",
      connection: flight.connection,
      answers: [anAnswer(flight.id, wallUs)],
    });
  }

  /** The library gives a call up that it has not begun. */
  giveUp({ connection, id }: Flight): WorkerEffect[] {
    const failure = { kind: "cancelled", message: "", traceback: "", exception: new Uint8Array(0) } as const;
    const answer = {
      ...anAnswer(id, 0),
      wallUs: undefined,
      failure: { ...failure, exitCode: undefined, signal: undefined },
    };
    return this.do({ type: "calls-answered", connection, answers: [answer] });
  }

  /** Calls on each connection. */
  get loads(): number[] {
    const { libraries } = this.bench.world;
    return [...libraries.values()].flatMap(({ connections }) => connections.map(({ size }) => size));
  }
}

function anAnswer(id: number, wallUs: number): Answer {
  const nothing = {
    failure: undefined,
    cpuUs: undefined,
    memory: undefined,
    stdout: "",
    stderr: "",
    stdoutBytes: 0,
    stderrBytes: 0,
  };
  return { id, wallUs, value: new Uint8Array(0), inFile: false, ...nothing };
}
