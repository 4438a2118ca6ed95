import { worldOf, type Coordinator } from "./coordinator.js";

export function checkInvariants(coordinator: Coordinator): void {
  const world = worldOf(coordinator);
  void world;
}
