import {
  type ExecutorHost,
  type LibraryHandle,
  type LinkedCall,
  type LinkedInput,
  VineError,
  type VineFile,
} from "@taskvine/core/executor";
import type { Graph } from "../graph/graph.js";
import type { Dialect, NodeFailure, NodeResult, Report } from "../run/dialect.js";
import type { Unit } from "../run/unit.js";
import type { Place, Values } from "../run/values.js";
import { openEnvelope, packEnvelope, REPORT, UNIT } from "./envelope.js";
import { pickledBytes } from "./pickled.js";
import type { Shipment } from "./shipment.js";

export interface PythonDialectOptions {
  readonly host: ExecutorHost;
  readonly graph: Graph;
  readonly shipment: Shipment;
  /** Tells values of one graph from those of another in the hosts' memory. */
  readonly token: string;
  /** `memory`: of the process; undefined: as much as it usually has. */
  libraryOf(node: number, memory: number | undefined): LibraryHandle;
  readonly retries: number;
  readonly category: string;
  priorityOf(node: number): number;
  label(node: number): string;
  readonly wallTimeMs?: number | undefined;
}

const RUN = "run";
const PLACES = ["nowhere", "here", "file", "unwritable"] as const;

/** Bytes of values that travel with a call, and the input that has them where they are more. */
const MOST_ALONG = 4 * 1024 * 1024;
const APART = "values";
/** Added to the priority of what takes more than its share of a worker: room for it comes only where it goes before others. */
const MORE_ROOM = 0.25;

/** In a unit's list of nodes. */
const EXPORTED = 1;
const EXTRA = 2;

/** What a unit needs beside its own nodes. */
interface Needs {
  readonly inputs: Map<string, LinkedInput>;
  /** Of each batch: number, and how many buffers it has. */
  readonly batches: Map<number, number>;
  /** Node and length of each value that goes along. */
  readonly here: number[];
  readonly blobs: Uint8Array[];
  /** Node and input of each value that is in a file. */
  readonly files: [number, string][];
  readonly known: Set<number>;
}

/** Units for the function `run` of the library that comes with the Python package taskvine-dask. */
export class PythonDialect implements Dialect {
  readonly hasUnits = true;
  readonly #options: PythonDialectOptions;

  constructor(options: PythonDialectOptions) {
    this.#options = options;
  }

  label(node: number): string {
    return this.#options.label(node);
  }

  call(unit: Unit, values: Values, file: VineFile): LinkedCall {
    const { token, libraryOf, retries, category, priorityOf, wallTimeMs } = this.#options;
    const needs: Needs = {
      inputs: new Map(),
      batches: new Map(),
      here: [],
      blobs: [],
      files: [],
      known: new Set(unit.members.map(({ node }) => node)),
    };
    const nodes = unit.members.flatMap((member) => this.#tell(member, values, needs));
    const { blobs, isApart } = this.#setApart(needs);
    const batches = [...needs.batches];
    const head = { token, nodes, batches, here: needs.here, files: needs.files, isApart };
    const first = unit.members.at(-1)?.node ?? 0;
    const isLarge = unit.memory !== undefined;
    return {
      library: libraryOf(first, unit.memory),
      function: RUN,
      encoding: "pickle",
      args: pickledBytes(packEnvelope(UNIT, head, blobs)),
      inputs: [...needs.inputs.values()],
      value: file,
      retries,
      category,
      priority: Math.max(...unit.members.map(({ node }) => priorityOf(node))) + (isLarge ? MORE_ROOM : 0),
      ...(wallTimeMs === undefined ? {} : { wallTimeMs }),
    };
  }

  /** Many small values are too much for arguments. */
  #setApart(needs: Needs): { readonly blobs: readonly Uint8Array[]; readonly isApart: boolean } {
    const { blobs } = needs;
    if (blobs.reduce((sum, { length }) => sum + length, 0) <= MOST_ALONG) return { blobs, isApart: false };
    const { host } = this.#options;
    const file = host.declareBuffer(Buffer.concat(blobs));
    addInput(needs, file, APART);
    // It is the call's alone: it goes with it.
    setImmediate(() => host.undeclare(file));
    return { blobs: [], isApart: true };
  }

  report(_: Unit, returned: Uint8Array): Report {
    const { head, body } = openEnvelope(REPORT, returned);
    const { results: figures, memory = [], remarks, failure } = head as ReportHead;
    const results: NodeResult[] = [];
    let at = 0;
    for (let index = 0; index + 3 < figures.length; index += 4) {
      const [node = 0, us = 0, bytes = 0, code = 0] = figures.slice(index, index + 4);
      const place = PLACES[code] ?? "nowhere";
      const kibibytes = memory[index / 4];
      const common = {
        node,
        us,
        bytes,
        place,
        ...(kibibytes === undefined ? {} : { memory: kibibytes * 1024 }),
      };
      if (place !== "here") results.push(common);
      else {
        // A copy: what it lies in is much larger, and may go.
        results.push({ ...common, value: Uint8Array.from(body.subarray(at, at + bytes)) });
        at += bytes;
      }
    }
    if (failure === null) return { results, remarks };
    return { results, remarks, failure: this.#failure(failure, body.subarray(at)) };
  }

  #failure({ node, text, traceback }: FailureHead, exception: Buffer): NodeFailure {
    const sentence = `${this.label(node)} raised ${text}`;
    return {
      node,
      error: new VineError("FUNCTION_RAISED", sentence),
      exception: Uint8Array.from(exception),
      traceback,
    };
  }

  /** Number, place in its batch, flags, and dependencies, of one node. */
  #tell(member: Unit["members"][number], values: Values, needs: Needs): number[] {
    const { node, isExtra, isExported } = member;
    const { batch, at } = this.#options.shipment.find(node);
    if (!needs.batches.has(batch.number)) {
      needs.batches.set(batch.number, batch.buffers.length);
      addInput(needs, batch.file, `b${batch.number}`);
      batch.buffers.forEach((buffer, index) => addInput(needs, buffer, `b${batch.number}.${index}`));
    }
    const dependencies = this.#options.graph.dependencies.of(node);
    for (const dependency of dependencies)
      if (!needs.known.has(dependency)) addValue(needs, dependency, values);
    const flags = (isExported ? EXPORTED : 0) | (isExtra ? EXTRA : 0);
    return [node, batch.number, at, flags, dependencies.length, ...dependencies];
  }
}

interface FailureHead {
  readonly node: number;
  readonly text: string;
  readonly traceback: string;
}

interface ReportHead {
  /** Node, microseconds, bytes, place: four figures for each. */
  readonly results: readonly number[];
  /** For each of them, where that is measured: the most that its process had meanwhile, KiB. */
  readonly memory?: readonly number[];
  readonly remarks: readonly unknown[];
  readonly failure: FailureHead | null;
}

function addInput(needs: Needs, file: VineFile, name: string): void {
  needs.inputs.set(name, { file, name, use: "path" });
}

function addValue(needs: Needs, node: number, values: Values): void {
  needs.known.add(node);
  const place: Place | undefined = values.place(node);
  if (place === undefined) throw new VineError("INTERNAL", `the value of node ${node} is nowhere`);
  if (place.type === "here") {
    needs.here.push(node, place.bytes.length);
    needs.blobs.push(place.bytes);
    return;
  }
  const { file } = place.file;
  const name = `v${file.id}`;
  addInput(needs, file, name);
  needs.files.push([node, name]);
}
