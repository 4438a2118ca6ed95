import type { Shape } from "../../scheduling/shape.js";
import type { TaskRecord } from "../records.js";
import type { World } from "../world.js";

/** The shape that a task has with what it asks for now. */
export function shapeOf(world: World, task: TaskRecord): Shape<TaskRecord> {
  const { spec } = task;
  const demand = { request: task.request, features: spec.features, wallTimeMs: spec.wallTimeMs ?? 0 };
  return world.shapes.shapeFor(demand, spec.policy ?? "");
}
