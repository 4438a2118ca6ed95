import type { TaskId } from "@taskvine/core/model";
import type { AttemptKey, InstanceOrder } from "../../tables/order.js";
import type { Flight } from "./call.js";
import { Connection, type ConnectionFacts } from "./connection.js";
import { Instance } from "./instance.js";

/** Numbers of calls in the conversation with libraries: 32 bits on the wire. */
const NUMBERS = 2 ** 32;

/** The libraries of this worker and their connections. */
export class LibraryTable {
  readonly #all = new Map<TaskId, Instance>();
  readonly #byKey = new Map<AttemptKey, Instance>();
  readonly #connections = new Map<number, Connection>();
  /** Those whose calls or slots have changed since the last round. */
  readonly #changed = new Set<Instance>();
  #calls = 0;

  get size(): number {
    return this.#byKey.size;
  }

  /** The one that calls name so. */
  get(task: TaskId): Instance | undefined {
    return this.#all.get(task);
  }

  at(key: AttemptKey): Instance | undefined {
    return this.#byKey.get(key);
  }

  values(): Iterable<Instance> {
    return this.#byKey.values();
  }

  connection(id: number): Connection | undefined {
    return this.#connections.get(id);
  }

  add(order: InstanceOrder): Instance {
    const instance = new Instance(order);
    this.#all.set(order.task, instance);
    this.#byKey.set(order.key, instance);
    return instance;
  }

  remove(instance: Instance): void {
    const { task, key } = instance.order;
    for (const { facts } of instance.connections) this.#connections.delete(facts.id);
    this.#byKey.delete(key);
    this.#changed.delete(instance);
    if (this.#all.get(task) === instance) this.#all.delete(task);
  }

  connect(instance: Instance, facts: ConnectionFacts): Connection {
    const connection = new Connection(facts, instance.order.key);
    this.#connections.set(facts.id, connection);
    instance.connections.push(connection);
    return connection;
  }

  disconnect(instance: Instance, connection: Connection): void {
    this.#connections.delete(connection.facts.id);
    const at = instance.connections.indexOf(connection);
    if (at >= 0) instance.connections.splice(at, 1);
  }

  /** The connection of a flight, while it is there. */
  connectionOf(flight: Flight): Connection | undefined {
    return this.#connections.get(flight.connection);
  }

  nextNumber(): number {
    this.#calls = (this.#calls + 1) % NUMBERS;
    return this.#calls;
  }

  /** Its calls are to be looked at in the next round. */
  touch(key: AttemptKey): void {
    const instance = this.#byKey.get(key);
    if (instance !== undefined) this.#changed.add(instance);
  }

  takeChanged(): Instance[] {
    if (this.#changed.size === 0) return [];
    const changed = [...this.#changed];
    this.#changed.clear();
    return changed;
  }
}
