import type { WorkerId } from "../model/ids.js";
import type { ResourceRequest } from "../model/resources.js";
import type { Demand, Slot } from "./eligible.js";
import { type Queued, ReadyQueue } from "./ready-queue.js";

/**
 * Ready tasks that fit in the same places: same request, features, policy and time limit. (A category only matters
 * where it changes one of these.) When the first one fits nowhere, none does, and the whole shape is blocked.
 */
export class Shape<T extends Queued> implements Demand {
  /** Of the instances of a library it grows when they turn out to need more. */
  request: ResourceRequest;
  /** How often it has grown. */
  growths = 0;
  readonly features: readonly string[];
  readonly wallTimeMs: number;
  readonly stays: boolean;
  /** Changes with the workers that are there, where others do while none of these is. */
  places: ReadonlySet<string> | undefined;
  readonly unfit = new Set<WorkerId>();
  readonly policy: string;
  readonly queue: ReadyQueue<T>;
  /** No worker that has not since gained room has a slot of this kind. */
  readonly blocked: Record<Slot, boolean> = { now: false, next: false };
  /** Is in the table's list of shapes with ready tasks. */
  listed = false;
  /** Its first task, as last looked at. */
  head: T | undefined;
  /** The log has been told that no worker could ever take it. */
  warned = false;
  /** State of the cluster for which that was last looked at. */
  checkedAt = -1;

  constructor(demand: Demand, policy: string, isLive: (task: T) => boolean) {
    this.request = demand.request;
    this.features = demand.features;
    this.wallTimeMs = demand.wallTimeMs;
    this.stays = demand.stays ?? false;
    this.places = demand.places;
    this.policy = policy;
    this.queue = new ReadyQueue<T>(isLive);
  }
}

/** All shapes, and those that have ready tasks. */
export class ShapeTable<T extends Queued> {
  readonly #byKey = new Map<string, Shape<T>>();
  readonly #listed: Shape<T>[] = [];
  readonly #isLive: (task: T, shape: Shape<T>) => boolean;

  constructor(isLive: (task: T, shape: Shape<T>) => boolean) {
    this.#isLive = isLive;
  }

  /** The shape of a task, made when it is the first of its kind. */
  shapeFor(demand: Demand, policy: string): Shape<T> {
    const { request, features, wallTimeMs } = demand;
    const amounts = `${request.cores ?? 0},${request.memory ?? 0},${request.disk ?? 0},${request.gpus ?? 0}`;
    const key = `${amounts},${wallTimeMs},${policy}${features.length === 0 ? "" : JSON.stringify([...features].sort())}`;
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const shape: Shape<T> = new Shape<T>(demand, policy, (task) => this.#isLive(task, shape));
    this.#byKey.set(key, shape);
    return shape;
  }

  /** A shape that shares its queue with no other of the same demand. */
  ownShape(demand: Demand, policy: string): Shape<T> {
    const shape: Shape<T> = new Shape<T>(demand, policy, (task) => this.#isLive(task, shape));
    return shape;
  }

  push(shape: Shape<T>, task: T): void {
    shape.queue.push(task);
    if (shape.listed) return;
    shape.listed = true;
    shape.blocked.now = false;
    shape.blocked.next = false;
    this.#listed.push(shape);
  }

  /** Shapes with ready tasks, in no order, each with its head. Empty ones leave the list. Valid until the next push. */
  withTasks(): readonly Shape<T>[] {
    let kept = 0;
    for (const shape of this.#listed) {
      shape.head = shape.queue.peek();
      if (shape.head === undefined) shape.listed = false;
      else this.#listed[kept++] = shape;
    }
    this.#listed.length = kept;
    return this.#listed;
  }
}
