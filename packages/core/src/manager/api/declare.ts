import { basename, resolve } from "node:path";
import type { ArchiveFormat, FileOrigin, FileSpec, Lifetime } from "../../files/file.js";
import { ARCHIVE_FORMATS } from "../../files/file.js";
import { VineError } from "../../model/errors.js";
import type { FileId } from "../../model/ids.js";
import { LIMITS } from "../../model/limits.js";

/** What may be said of any file when it is declared. */
export interface FileOptions {
  /** How long the cluster keeps it. Default `workflow`. */
  readonly lifetime?: Lifetime;
  /** May workers give it to each other? Default true. */
  readonly peerTransfer?: boolean;
  /** Give it the executable bits. Local files have their own. */
  readonly executable?: boolean;
}

export interface LocalFileOptions extends FileOptions {
  /** Remove it here when nothing in this manager needs it any more. Default false. */
  readonly unlinkWhenDone?: boolean;
}

export interface ArchiveOptions extends FileOptions {
  /** Where the name does not tell. */
  readonly format?: ArchiveFormat;
}

const LIFETIMES: readonly Lifetime[] = ["task", "workflow", "worker", "forever"];
const SCHEMES = ["http:", "https:", "file:", "data:"];
const LONGEST_LABEL = 80;

/** The frozen description of a file that is being declared. Throws BAD_ARGUMENT at the mistake. */
export function fileSpec(id: FileId, origin: FileOrigin, label: string, options: FileOptions): FileSpec {
  const { lifetime = "workflow", peerTransfer = true, executable = false } = options;
  if (!LIFETIMES.includes(lifetime)) {
    throw new VineError(
      "BAD_ARGUMENT",
      `lifetime is one of ${LIFETIMES.join(", ")}, not ${JSON.stringify(lifetime)}`,
    );
  }
  return { id, origin, lifetime, peerTransfer, executable, label: shorten(label) };
}

/** The absolute path of a local file; whether it exists is seen when a task needs it. */
export function checkedPath(path: string): string {
  if (typeof path === "string" && path !== "" && !path.includes("\0")) return resolve(path);
  throw new VineError("BAD_ARGUMENT", `a path must be a text that is not empty, not ${JSON.stringify(path)}`);
}

export function checkedUrl(url: string): string {
  if (url.length > LIMITS.commandBytes)
    throw new VineError("TOO_LARGE", `a URL is longer than commandBytes (${LIMITS.commandBytes})`);
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined) throw new VineError("BAD_ARGUMENT", `${JSON.stringify(url)} is not a URL`);
  if (SCHEMES.includes(parsed.protocol)) return parsed.href;
  throw new VineError(
    "URL_UNSUPPORTED",
    `${url}: the scheme ${parsed.protocol} is not one that we can fetch`,
  );
}

/** The format of an archive by its name; a gzipped file that is no tar unpacks to a single file. */
export function archiveFormat(path: string, given: ArchiveFormat | undefined): ArchiveFormat {
  if (given !== undefined) {
    if (ARCHIVE_FORMATS.includes(given)) return given;
    throw new VineError(
      "BAD_ARGUMENT",
      `an archive is ${ARCHIVE_FORMATS.join(", ")}, not ${JSON.stringify(given)}`,
    );
  }
  const name = basename(path).toLowerCase();
  if (/\.(tar\.gz|tgz)$/.test(name)) return "tar.gz";
  if (/\.(tar\.zst|tzst)$/.test(name)) return "tar.zst";
  if (name.endsWith(".tar")) return "tar";
  if (name.endsWith(".zip")) return "zip";
  if (name.endsWith(".gz")) return "gz";
  throw new VineError("BAD_ARGUMENT", `the name ${name} does not tell what kind of archive it is`, {
    hint: "Say its format: tar, tar.gz, tar.zst, zip or gz.",
  });
}

/** Thousands of files in a row may have the same. */
let last = { label: "", short: "" };

function shorten(label: string): string {
  if (last.label === label) return last.short;
  const line = label.replace(/[\p{Cc}\s]+/gu, " ");
  last = { label, short: line.length <= LONGEST_LABEL ? line : `${line.slice(0, LONGEST_LABEL - 1)}…` };
  return last.short;
}
