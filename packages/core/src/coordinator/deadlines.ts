import { giveUpHopeless } from "./placing/unschedulable.js";
import { onEndTime } from "./tasks/cancel.js";
import { onStartTime } from "./tasks/submit.js";
import { kickContent } from "./transfers/kick.js";
import { warmUp } from "./workers/cool-off.js";
import type { Deadline, World } from "./world.js";

/** Looks at everything whose time has come. */
export function meetDeadlines(world: World): void {
  for (
    let next = world.deadlines.peek();
    next !== undefined && next.atMs <= world.nowMs;
    next = world.deadlines.peek()
  ) {
    world.deadlines.pop();
    meet(world, next);
  }
}

function meet(world: World, deadline: Deadline): void {
  switch (deadline.type) {
    case "start":
      onStartTime(world, deadline.task);
      return;
    case "end":
      onEndTime(world, deadline.task);
      return;
    case "warm":
      warmUp(world, deadline.worker);
      return;
    case "hopeless":
      giveUpHopeless(world, deadline.shape);
      return;
    case "library":
      world.stirred.add(deadline.library);
      return;
    case "retry":
      kickContent(world, deadline.content);
      return;
  }
}

/** When there will be something to look at. What has become pointless by now is dropped. */
export function nextDeadline(world: World): number | undefined {
  for (let next = world.deadlines.peek(); next !== undefined; next = world.deadlines.peek()) {
    if (!isPointless(next)) return next.atMs;
    world.deadlines.pop();
    if (next.type === "retry") next.content.retryAtMs = 0;
    if (next.type === "library") next.library.wakeAtMs = next.library.lookAtMs = 0;
  }
  return undefined;
}

function isPointless(deadline: Deadline): boolean {
  switch (deadline.type) {
    case "start":
    case "end":
      return deadline.task.reported;
    case "warm":
      return deadline.worker.state.name !== "cooling";
    case "hopeless":
      return false;
    case "library":
      return deadline.library.counts.ready + deadline.library.ahead === 0;
    case "retry":
      return (deadline.content.queued?.size ?? 0) === 0;
  }
}
