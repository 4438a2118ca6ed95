import { FINAL_STATES } from "../../tasks/task-state.js";
import { pendingConsumers } from "../files/demand.js";
import { isNeeded } from "../files/retention.js";
import type { Content, FileRecord } from "../records.js";
import type { World } from "../world.js";
import { claim } from "./claim.js";

/** Files know who needs them; what is needed can be had, is being made, or was never made. */
export function checkFiles(world: World): void {
  for (const file of world.files.values()) checkFile(world, file);
  for (const content of world.contents.values()) checkContent(world, content);
}

function checkFile(world: World, file: FileRecord): void {
  const { id } = file.spec;
  const recipes = file.recipes.filter((recipe) => recipe.pending > 0).length;
  const consumers = pendingConsumers(world, file).length;
  claim(
    file.pending === consumers + recipes,
    () => `file ${id} is needed ${consumers + recipes} times, counted were ${file.pending}`,
  );
  claim(
    file.references >= consumers,
    () => `file ${id} has ${file.references} references and ${consumers} consumers`,
  );
  const { content } = file;
  claim(
    (content === undefined) === (file.state === "unnamed" || file.state === "naming") ||
      file.state === "unusable",
    () => `file ${id} is ${file.state}`,
  );
  if (content !== undefined)
    claim(content.files.includes(file), () => `${content.cacheName} does not know its file ${id}`);
  claim(!file.available || file.state === "named", () => `file ${id} can be had and is ${file.state}`);
  const counted = consumers > 0 || file.recipes.some((recipe) => recipe.pending > 0 && !recipe.available);
  if (counted && !file.available) checkComing(world, file);
  claim(world.wanted.has(file) === file.wanted, () => `file ${id} is wanted or not`);
}

/** What somebody waits for will come, or it is the application's turn. */
function checkComing(world: World, file: FileRecord): void {
  const { producer } = file;
  if (producer === undefined || file.state === "unusable") return;
  const active = world.tasks.get(producer.id) === producer && !FINAL_STATES.has(producer.state.name);
  claim(
    active,
    () => `file ${file.spec.id} is waited for, and task ${producer.id} is ${producer.state.name}`,
  );
}

function checkContent(world: World, content: Content): void {
  content.holders.forEach((replica, seat) => {
    const { worker } = replica;
    claim(
      replica.ready && replica.seat === seat,
      () => `${content.cacheName} at worker ${worker.id} has seat ${replica.seat}, not ${seat}`,
    );
    claim(
      worker.replicas.get(content) === replica,
      () => `worker ${worker.id} does not know that it holds ${content.cacheName}`,
    );
    claim(
      world.workers.get(worker.id) === worker,
      () => `${content.cacheName} is held by worker ${worker.id}, which has gone`,
    );
  });
  const kept = content.keep || content.isComing || content.files.some(isNeeded);
  const idle = content.holders.some((replica) => replica.uses === 0);
  claim(kept || !idle, () => `nobody needs ${content.cacheName}, and workers hold it`);
}
