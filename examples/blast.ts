// Real NCBI BLAST+ as a workflow: software and database come as tarballs from a web server, each worker unpacks them once and
// keeps them forever; every query is a buffer and a task of its own. Then a second manager asks again, and nothing is fetched.
// Here the web server is in this program, and database and queries are made up. Needs the Debian package ncbi-blast+.
import { execFile } from "node:child_process";
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { copyFile, mkdir, mkdtemp, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { Manager, Task } from "@taskvine/core";
import { removeTree } from "@taskvine/core/data";
import { startWorker } from "@taskvine/worker";

const PROTEINS = 5_000;
const QUERIES = 8;
const WORKERS = 2;
const NOT_INSTALLED = 3;
const AMINO_ACIDS = "ACDEFGHIKLMNPQRSTVWY";
/** Comes with every system; all other libraries travel with the program. */
const EVERYWHERE = /\/(lib(c|m|pthread|dl|rt)\.so|ld-linux)/;

const run = promisify(execFile);

/** A generator of numbers from 0 to 1: the same ones each time. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Query {
  readonly name: string;
  readonly sequence: string;
}

/** Proteins from nowhere, and queries that are some of them with every fifth letter changed. */
function makeProteins(): { proteins: string[]; queries: Query[] } {
  const next = chance(1);
  const letter = (): string => AMINO_ACIDS[Math.floor(next() * AMINO_ACIDS.length)] ?? "A";
  const proteins = Array.from({ length: PROTEINS }, () => {
    return Array.from({ length: 200 + Math.floor(next() * 200) }, letter).join("");
  });
  const queries = Array.from({ length: QUERIES }, (_, at) => {
    const source = Math.floor((at * PROTEINS) / QUERIES) + 7;
    const sequence = (proteins[source] ?? "").replace(/./g, (old) => (next() < 0.2 ? letter() : old));
    return { name: `protein${source}`, sequence };
  });
  return { proteins, queries };
}

/** Where a program is; undefined when it is not installed. */
async function find(program: string): Promise<string | undefined> {
  const found = await run("sh", ["-c", 'command -v "$1"', "sh", program]).catch(() => undefined);
  return found?.stdout.trim();
}

/** blastp with its libraries, in a folder that works anywhere. */
async function packSoftware(blastp: string, folder: string): Promise<string> {
  const [programs, libraries] = [join(folder, "blast", "bin"), join(folder, "blast", "lib")];
  await mkdir(programs, { recursive: true });
  await mkdir(libraries, { recursive: true });
  await copyFile(blastp, join(programs, "blastp"));
  const { stdout } = await run("ldd", [blastp]);
  for (const [, library = ""] of stdout.matchAll(/=> (\/\S+)/g)) {
    if (!EVERYWHERE.test(library)) await copyFile(library, join(libraries, basename(library)));
  }
  return await tarball(folder, "blast");
}

async function packDatabase(proteins: readonly string[], folder: string): Promise<string> {
  const fasta = join(folder, "proteins.faa");
  await mkdir(join(folder, "db"));
  await writeFile(fasta, proteins.map((sequence, at) => `>protein${at}\n${sequence}\n`).join(""));
  await run("makeblastdb", ["-in", fasta, "-dbtype", "prot", "-out", join(folder, "db", "proteins")]);
  return await tarball(folder, "db");
}

async function tarball(folder: string, name: string): Promise<string> {
  const path = join(folder, `${name}.tar.gz`);
  await run("tar", ["--use-compress-program", "gzip -1", "-cf", path, "-C", folder, name]);
  return path;
}

/** Gives the files of a folder, with ETags, and counts how often. */
async function serve(
  folder: string,
): Promise<AsyncDisposable & { readonly url: string; takeGets(): number }> {
  let gets = 0;
  const server = createServer((request, response) => {
    const give = async (): Promise<void> => {
      const path = join(folder, basename(request.url ?? ""));
      const { size, mtimeMs } = await stat(path);
      response.writeHead(200, { "content-length": size, etag: `"${size}-${mtimeMs}"` });
      if (request.method === "HEAD") response.end();
      else await pipeline(createReadStream(path), response);
      if (request.method === "GET") gets += 1;
    };
    give().catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    takeGets: () => [gets, (gets = 0)][0] ?? 0,
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

/** Asks all queries; tells how many found the protein that they were made from. */
async function search(url: string, queries: readonly Query[], folder: string): Promise<number> {
  await using m = await Manager.start({ runDirectory: join(folder, "runs") });
  const starts = Array.from({ length: WORKERS }, (_, at) => {
    const workdir = join(folder, `worker-${at}`);
    const resources = { cores: 1 };
    return startWorker({
      manager: { type: "file", path: m.connectionFile },
      resources,
      workdir,
      keepWorkdir: true,
    });
  });
  const workers = await Promise.all(starts);
  const unpacked = (name: string) =>
    m.declareUntar(m.declareUrl(`${url}/${name}.tar.gz`), { lifetime: "forever" });
  const [software, database] = [unpacked("blast"), unpacked("db")];
  for (const { name, sequence } of queries) {
    const task = new Task("software/blast/bin/blastp -db proteins -query query.faa -outfmt 6 -evalue 1e-5")
      .input(software, "software")
      .input(database, "database")
      .inputBuffer(`>query\n${sequence}\n`, "query.faa")
      .env("BLASTDB", "database/db")
      .env("LD_LIBRARY_PATH", "software/blast/lib")
      .cores(1)
      .tag(name);
    m.submit(task);
  }
  let found = 0;
  for await (const result of m.completed()) {
    const [, hit, identity] = result.check().output.split("\t");
    if (hit === result.tag && Number(identity) > 60) found += 1;
  }
  await Promise.all(workers.map((worker) => worker.stop("all queries are answered")));
  return found;
}

async function main(blastp: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "blast-"));
  try {
    const { proteins, queries } = makeProteins();
    await Promise.all([packSoftware(blastp, folder), packDatabase(proteins, folder)]);
    await using server = await serve(folder);
    for (const who of ["first", "second"]) {
      const found = await search(server.url, queries, folder);
      const fetched =
        server.takeGets() > 0 ? "software and database came from the web" : "nothing was fetched";
      console.log(
        `the ${who} manager: ${found} of ${queries.length} queries found their protein, ${fetched}`,
      );
    }
  } finally {
    await removeTree(folder); // what workers keep is read-only: a plain removal would fail
  }
}

const [blastp, makeblastdb] = await Promise.all([find("blastp"), find("makeblastdb")]);
if (blastp === undefined || makeblastdb === undefined) {
  console.error("This needs NCBI BLAST+ (blastp and makeblastdb): install the Debian package ncbi-blast+.");
  process.exitCode = NOT_INSTALLED;
} else {
  await main(blastp);
}
