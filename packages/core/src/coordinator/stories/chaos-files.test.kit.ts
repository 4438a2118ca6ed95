import { cacheName, fileId } from "../../model/ids.js";
import { aFile, anInput } from "../../testing/builders.js";
import type { Random } from "../../testing/random.js";
import type { Event } from "../event.js";

/** A file of any kind, with what else the manager says of it at once. */
export function anyFile(random: Random, id: number): Event[] {
  const lifetime = random.pick(["task", "workflow", "workflow", "worker", "forever"] as const);
  const type = random.pick([
    "temp",
    "temp",
    "temp",
    "local",
    "buffer",
    "url",
    "unpack",
    "mini-task",
  ] as const);
  const base = { id, lifetime, peerTransfer: random.chance(0.9) };
  const part = fileId(1 + random.int(id));
  switch (type) {
    case "temp":
    case "local":
      return [{ type: "file-declared", file: aFile({ ...base, origin: { type } }) }];
    case "buffer": {
      const identity = {
        cacheName: cacheName(`buffer-${random.int(4)}`),
        size: random.pick([10, 1e6]),
        kind: "file" as const,
      };
      return [
        { type: "file-declared", file: aFile({ ...base, origin: { type } }) },
        { type: "file-named", file: fileId(id), identity },
      ];
    }
    case "url":
      return [
        { type: "file-declared", file: aFile({ ...base, origin: { type, url: `http://h${id % 2}/x` } }) },
      ];
    case "unpack":
      return [
        { type: "file-declared", file: aFile({ ...base, origin: { type, archive: part, format: "tar" } }) },
      ];
    case "mini-task": {
      const command = { command: "make", inputs: random.chance(0.8) ? [anInput(part)] : [], env: {} };
      return [{ type: "file-declared", file: aFile({ ...base, origin: { type, command, output: "out" } }) }];
    }
  }
}
