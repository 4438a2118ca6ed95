import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, type Dirent } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { type Pack, pack } from "tar-stream";

/** A file in the tarball: its path there, and its bytes. */
export interface SourceFile {
  readonly path: string;
  readonly size: number;
}

export interface SourceTarball {
  readonly path: string;
  readonly files: readonly SourceFile[];
  /** Was it there from an earlier run? */
  readonly isOld: boolean;
}

const SOURCES = /\.[cm]?[jt]s$/;
/** A change of what is packed, or how, is a change of this number. */
const FORM = 2;

async function* sourcesIn(root: string, folder = ""): AsyncGenerator<SourceFile> {
  const entries: Dirent[] = await readdir(join(root, folder), { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== ".cache") yield* sourcesIn(root, path);
    else if (entry.isFile() && SOURCES.test(entry.name))
      yield { path, size: (await stat(join(root, path))).size };
  }
}

/** lodash, @babel/types: the folder of a package, whatever lies in it. */
function packageOf({ path }: SourceFile): string {
  return path.split("/", path.startsWith("@") ? 2 : 1).join("/");
}

/** The largest packages, whole, as many as fit. */
async function choose(root: string, mostBytes: number): Promise<SourceFile[]> {
  const packages = new Map<string, { files: SourceFile[]; bytes: number }>();
  for await (const file of sourcesIn(root)) {
    const known = packages.get(packageOf(file)) ?? { files: [], bytes: 0 };
    known.files.push(file);
    known.bytes += file.size;
    packages.set(packageOf(file), known);
  }
  const chosen: SourceFile[] = [];
  let room = mostBytes;
  for (const { files, bytes } of [...packages.values()].sort((a, b) => b.bytes - a.bytes)) {
    if (bytes > room) continue;
    room -= bytes;
    chosen.push(...files);
  }
  return chosen;
}

async function addAll(archive: Pack, root: string, files: readonly SourceFile[]): Promise<void> {
  for (const { path, size } of files) {
    const content = await readFile(join(root, path));
    if (content.length !== size)
      throw new Error(`${path} changes while it is packed: run the quickstart again`);
    await new Promise<void>((resolve, reject) => {
      // The same bytes each time, wherever and whenever it is packed: no times, no owners.
      const header = { name: path, mode: 0o644, mtime: new Date(0) };
      archive.entry(header, content, (error) => (error ? reject(error) : resolve()));
    });
  }
  archive.finalize();
}

/** What is installed, in a word: npm keeps the list of all packages and versions in one file. */
async function keyOf(root: string, mostBytes: number): Promise<string> {
  const hash = createHash("sha256").update(`${FORM} ${mostBytes}\n`);
  await pipeline(createReadStream(join(root, ".package-lock.json")), hash);
  return hash.digest("hex").slice(0, 12);
}

async function readList(path: string): Promise<SourceFile[] | undefined> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as SourceFile[]);
}

/** Packs the sources of the packages installed at `root`, once: later runs find the tarball in `folder`. */
export async function sourceTarball(
  root: string,
  folder: string,
  options: { readonly mostBytes: number; readonly signal: AbortSignal },
): Promise<SourceTarball> {
  const { mostBytes, signal } = options;
  const name = `sources-${await keyOf(root, mostBytes)}`;
  const [path, list] = [join(folder, `${name}.tar.gz`), join(folder, `${name}.json`)];
  const known = await readList(list);
  if (known !== undefined) return { path, files: known, isOld: true };
  await mkdir(folder, { recursive: true });
  for (const old of await readdir(folder)) {
    if (old.startsWith("sources-")) await rm(join(folder, old), { force: true });
  }
  const files = await choose(root, mostBytes);
  const archive = pack();
  const draft = `${path}.draft`;
  try {
    await Promise.all([
      addAll(archive, root, files),
      pipeline(archive, createGzip({ level: 1 }), createWriteStream(draft), { signal }),
    ]);
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
  await writeFile(list, JSON.stringify(files));
  return { path, files, isOld: false };
}
