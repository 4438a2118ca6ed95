import type { FileId } from "../../model/ids.js";
import type { FileRecord, Trouble, WorkerRecord } from "../records.js";
import { bringHome, hold, letGo } from "../transfers/start.js";
import type { World } from "../world.js";
import { isValue } from "./outputs.js";

/** The application wants the content at the manager. */
export function onWanted(world: World, id: FileId): void {
  const file = world.files.get(id);
  if (file === undefined) {
    world.effects.push(unobtainable(id, { error: "UNKNOWN_FILE", message: "the file is not declared" }));
    return;
  }
  if (isAtManager(file)) return;
  file.wanted = true;
  world.wanted.add(file);
  serveWant(world, file);
}

/** The manager can read it without us. */
function isAtManager(file: FileRecord): boolean {
  const { type } = file.spec.origin;
  if (type === "buffer" || (type === "local" && file.producer === undefined))
    return file.state !== "unusable";
  return file.home;
}

/** Does what can be done now for a file that is wanted. Called again whenever that may have changed. */
export function serveWant(world: World, file: FileRecord): void {
  if (!file.wanted) return;
  const { content } = file;
  if (file.state === "unusable" || content === undefined || !file.available) {
    world.agenda.needed.push(file);
  } else if (isValue(file) || isAtManager(file)) {
    endWant(world, file);
  } else if (content.holders.length > 0) {
    bringHome(world, file);
  } else if (content.relayed) {
    // A relayed copy of a temp: not where the application looks for it.
    content.relayed = false;
    world.agenda.recheck.push(file);
  } else if (file.patron === undefined) {
    const worker = anyWorker(world);
    file.patron = worker === undefined ? undefined : hold(world, content, worker);
  }
}

/** The want is over, well or not. */
export function endWant(world: World, file: FileRecord, trouble?: Trouble): void {
  if (!file.wanted) return;
  file.wanted = false;
  world.wanted.delete(file);
  const { patron } = file;
  file.patron = undefined;
  if (patron !== undefined && patron.worker.state.name !== "gone" && patron.uses > 0) letGo(world, patron);
  if (trouble !== undefined) world.effects.push(unobtainable(file.spec.id, trouble));
  if (file.content !== undefined) world.agenda.loose.push(file.content);
  world.agenda.leaving.push(file);
}

function unobtainable(
  file: FileId,
  trouble: Trouble,
): { readonly type: "file-unobtainable"; readonly file: FileId } & Trouble {
  return { type: "file-unobtainable", file, ...trouble };
}

/** The worker that takes fewest copies now, of a bounded number of workers. */
function anyWorker(world: World): WorkerRecord | undefined {
  let best: WorkerRecord | undefined;
  let looks = 0;
  for (const worker of world.workers.values()) {
    if (worker.state.name !== "ready") continue;
    if (best === undefined || worker.incoming < best.incoming) best = worker;
    if ((looks += 1) >= 64) break;
  }
  return best;
}
