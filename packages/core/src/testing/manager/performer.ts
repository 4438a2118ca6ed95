import type { AssignedOutput, Effect, TransferSource } from "../../coordinator/effect.js";
import type { Event, TransferFailure } from "../../coordinator/event.js";
import type { FileIdentity, FileSpec } from "../../files/file.js";
import type { CacheName, FileId, WorkerId } from "../../model/ids.js";
import type { TaskResult } from "../../tasks/result.js";
import type { InputMount, OutputMount } from "../../tasks/task.js";
import type { FakeClock } from "../fake-clock.js";
import type { Random } from "../random.js";
import { type Truth, unpackedContent } from "../workload/truth.js";
import type { PlannedFile, Workload } from "../workload/workload.js";
import type { Copy } from "../world/disk.js";
import type { Network, Node } from "../world/network.js";
import type { CallCopy, Holder, Luck, MountedCopy, Order, OrderedOutput, Recipe } from "../world/order.js";
import { outputContent } from "../world/outcome.js";
import type { CoordinatorUnderTest } from "./coordinator.js";
import type { Desk } from "./desk.js";
import type { Doors } from "./doors.js";
import type { Store } from "./store.js";

export interface PerformerPorts {
  readonly clock: FakeClock;
  readonly random: Random;
  readonly luck: Luck;
  readonly network: Network;
  readonly workload: Workload;
  readonly truth: Truth;
  readonly store: Store;
  readonly web: (url: string) => Node;
  readonly doors: Doors;
  readonly coordinator: CoordinatorUnderTest;
  readonly post: Desk["post"];
  readonly finished: (result: TaskResult) => void;
  readonly unobtainable: (file: FileId, error: string) => void;
  readonly cameHome: (file: FileId) => void;
}

type Handlers = {
  readonly [Type in Effect["type"]]: (effect: Extract<Effect, { readonly type: Type }>) => void;
};

const MAKE_MS = 150;
const UNREACHABLE: TransferFailure = {
  error: "TRANSFER_UNREACHABLE",
  message: "it is gone",
  fault: "source",
};

/** Does what the coordinator asks for. What goes to one worker in a step goes as one message. */
export class Performer {
  readonly #ports: PerformerPorts;
  #outbox = new Map<WorkerId, Order[]>();

  constructor(ports: PerformerPorts) {
    this.#ports = ports;
  }

  perform(effects: readonly Effect[]): void {
    for (const effect of effects) (this.#handlers[effect.type] as (effect: Effect) => void)(effect);
    const outbox = this.#outbox;
    if (outbox.size === 0) return;
    this.#outbox = new Map();
    for (const [worker, orders] of outbox) this.#ports.doors.send(worker, orders);
  }

  readonly #handlers: Handlers = {
    name: ({ file }) => {
      this.#name(file);
    },
    assign: ({ worker, task, attempt, allocation, outputs, copyInputs }) => {
      const { spec, behaviour } = this.#ports.workload.tasks.get(task) ?? unknown(`task ${task}`);
      const inputs = this.#mounted(spec.inputs);
      const ordered = this.#ordered(spec.outputs, outputs);
      const given = { attempt, allocation, inputs, outputs: ordered };
      const copies = copyInputs === true ? { copyInputs } : {};
      this.#order(worker, { type: "assign", spec, behaviour, ...given, ...copies });
    },
    deploy: ({ worker, task, attempt, library, allocation }) => {
      const planned = this.#ports.workload.libraries.get(library) ?? unknown(`library ${library}`);
      const inputs = this.#mounted(planned.spec.inputs);
      this.#order(worker, { type: "deploy", task, library: planned, attempt, allocation, inputs });
    },
    call: ({ worker, task, attempt, instance, outputs, linked }) => {
      const { spec, behaviour } = this.#ports.workload.tasks.get(task) ?? unknown(`task ${task}`);
      const inputs = spec.inputs.map((mount) => this.#callCopy(mount));
      const ordered = this.#ordered(spec.outputs, outputs);
      const given = { spec, behaviour, attempt, instance, inputs, outputs: ordered };
      this.#order(worker, { type: "call", ...given, ...(linked === true ? { linked } : {}) });
    },
    retract: ({ worker, task, attempt }) => {
      this.#order(worker, { type: "retract", task, attempt });
    },
    kill: ({ worker, task, attempt }) => {
      this.#order(worker, { type: "kill", task, attempt });
    },
    fetch: ({ worker, transfer, file, source }) => {
      const { cacheName } = this.#identity(file);
      const { spec } = this.#file(file);
      const from = this.#holder(source, spec, cacheName);
      this.#order(worker, {
        type: "fetch",
        transfer,
        file,
        cacheName,
        lifetime: spec.lifetime,
        source: from,
      });
    },
    make: ({ worker, transfer, file }) => {
      const { cacheName } = this.#identity(file);
      const { lifetime } = this.#file(file).spec;
      this.#order(worker, { type: "make", transfer, file, cacheName, lifetime, recipe: this.#recipe(file) });
    },
    drop: ({ worker, cacheName }) => {
      this.#order(worker, { type: "drop", cacheName });
    },
    retrieve: ({ transfer, file, source }) => {
      const fail = (failure: TransferFailure): void => {
        this.#ports.post({ type: "retrieval-failed", transfer, failure });
      };
      this.#retrieve(this.#identity(file).cacheName, source, fail, (found) => {
        const { store, cameHome, post } = this.#ports;
        this.#check(file, found);
        store.keep(file, found);
        cameHome(file);
        post({ type: "retrieved", transfer });
      });
    },
    "retrieve-value": ({ worker, task, attempt, cacheName }) => {
      const { doors, post } = this.#ports;
      const answer = (event: Event): void => {
        doors.send(worker, [{ type: "drop", cacheName }]);
        post(event);
      };
      const fail = (failure: TransferFailure): void => {
        answer({ type: "value-lost", task, attempt, failure });
      };
      this.#retrieve(cacheName, worker, fail, () => {
        answer({ type: "value-retrieved", task, attempt });
      });
    },
    "file-unobtainable": ({ file, error }) => {
      this.#ports.unobtainable(file, error);
    },
    "forget-file": ({ file }) => {
      this.#ports.store.forget(file);
    },
    "task-finished": ({ result }) => {
      this.#ports.finished(result);
    },
    release: ({ worker }) => {
      this.#order(worker, { type: "release" });
    },
    note: () => undefined,
  };

  #ordered(mounts: readonly OutputMount[], named: readonly AssignedOutput[]): OrderedOutput[] {
    return mounts.map((mount, i) => {
      const cacheName = named[i]?.cacheName ?? unknown(`name of output ${mount.file}`);
      return { ...mount, cacheName, lifetime: this.#file(mount.file).spec.lifetime };
    });
  }

  #callCopy({ file, name, use }: InputMount): CallCopy {
    const value = use === "value" ? this.#ports.store.valueOf(file) : undefined;
    return { file, name, cacheName: this.#identity(file).cacheName, value };
  }

  #order(worker: WorkerId, order: Order): void {
    const orders = this.#outbox.get(worker);
    if (orders === undefined) this.#outbox.set(worker, [order]);
    else orders.push(order);
  }

  #name(file: FileId): void {
    const { clock, random, store, post } = this.#ports;
    const isUrl = this.#file(file).spec.origin.type === "url";
    clock.after(random.between(1, isUrl ? 80 : 10), () => {
      const identity = store.name(file);
      if (identity !== undefined) post({ type: "file-named", file, identity });
      else
        post({
          type: "file-unusable",
          file,
          error: isUrl ? "URL_NOT_FOUND" : "INPUT_MISSING",
          message: "not there",
        });
    });
  }

  #retrieve(
    cacheName: CacheName,
    source: WorkerId,
    fail: (failure: TransferFailure) => void,
    done: (found: Copy) => void,
  ): void {
    const { clock, doors, network, store, luck } = this.#ports;
    const worker = doors.workerOf(source);
    clock.after(5, () => {
      if (worker === undefined || !network.reachable(worker.node, store.node)) return fail(UNREACHABLE);
      const found = worker.find(cacheName);
      if ("fault" in found) return fail(found);
      network.start({
        from: worker.node,
        to: store.node,
        bytes: found.size,
        onFailed: (how) => {
          fail({ error: "TRANSFER_STALLED", message: how, fault: "source" });
        },
        onDone: () => {
          const failure = luck.transferFails();
          if (failure !== undefined) return fail({ ...failure, fault: "source" });
          done(found);
        },
      });
    });
  }

  #check(file: FileId, copy: Copy): void {
    if (copy.content !== this.#ports.truth.content(file))
      throw new Error(`file ${file} came home with a wrong content`);
  }

  #holder(source: TransferSource, spec: FileSpec, cacheName: Copy["cacheName"]): Holder {
    const { store, doors, truth, web } = this.#ports;
    if (source.type === "manager") return store;
    if (source.type === "worker") {
      return doors.workerOf(source.worker) ?? { node: store.node, find: () => UNREACHABLE };
    }
    const url = spec.origin.type === "url" ? spec.origin.url : unknown(`URL of file ${spec.id}`);
    const { size } = this.#file(spec.id);
    const content = truth.content(spec.id);
    return {
      node: web(url),
      find: () => ({ cacheName, content, size, kind: "file", lifetime: spec.lifetime }),
    };
  }

  #recipe(file: FileId): Recipe {
    const { spec, size, unusable } = this.#file(file);
    const { origin } = spec;
    if (origin.type === "unpack") {
      const archive = this.#mounted([{ file: origin.archive, name: "archive" }]);
      const yields: Recipe["yields"] = ([...contents]) => ({
        content: unpackedContent(contents[0]?.[1] ?? unknown("archive"), origin.format),
        size,
      });
      return { inputs: archive, durationMs: MAKE_MS, kind: "tree", yields: unusable ? undefined : yields };
    }
    if (origin.type !== "mini-task") return unknown(`recipe of file ${file}`);
    const { command, inputs } = origin.command;
    const yields: Recipe["yields"] = (contents) => ({
      content: outputContent(command, contents, origin.output),
      size,
    });
    return {
      inputs: this.#mounted(inputs),
      durationMs: MAKE_MS,
      kind: "file",
      yields: unusable ? undefined : yields,
    };
  }

  #mounted(inputs: readonly InputMount[]): MountedCopy[] {
    return inputs.map(({ file, name }) => ({ file, name, cacheName: this.#identity(file).cacheName }));
  }

  #file(file: FileId): PlannedFile {
    return this.#ports.workload.files.get(file) ?? unknown(`file ${file}`);
  }

  #identity(file: FileId): FileIdentity {
    return this.#ports.coordinator.identity(file) ?? unknown(`cache name of file ${file}`);
  }
}

function unknown(what: string): never {
  throw new Error(`the ${what} is not known`);
}
