import { execFileSync } from "node:child_process";
import { existsSync, lstatSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import type { ArchiveFormat } from "../../files/file.js";
import type { VineError } from "../../model/errors.js";
import { digestPath } from "../digest/digest-path.js";
import { type HostileEntry, rawTarHeader, tarOf } from "../testing/hostile-tar.js";
import { makeTree } from "../testing/make-tree.js";
import { useTempDir } from "../testing/temp-dir.js";
import { thrown } from "../testing/thrown.js";
import { closeDataThreads } from "../threads/pool.js";
import { type UnpackRequest, unpackArchive } from "./unpack-archive.js";

const PACK: Readonly<Record<Exclude<ArchiveFormat, "gz">, readonly string[]>> = {
  tar: ["tar", "cf", "../archive", "."],
  "tar.gz": ["tar", "czf", "../archive", "."],
  "tar.zst": ["tar", "--zstd", "-cf", "../archive", "."],
  zip: ["zip", "-qry", "../archive.zip", "."],
};

describe("unpacking", () => {
  const path = useTempDir();
  after(closeDataThreads);
  const unpack = (archive: string, options: Partial<UnpackRequest> = {}): ReturnType<typeof unpackArchive> =>
    unpackArchive({ archive: path(archive), format: "tar", into: path("out/tree"), ...options });
  const refusal = async (archive: string, options: Partial<UnpackRequest> = {}): Promise<VineError> => {
    const error = await thrown(unpack(archive, options));
    expect(readdirSync(path("out")), "left behind").to.deep.equal([]);
    expect(readFileSync(path("canary"), "utf8")).to.equal("canary");
    return error;
  };
  beforeEach(() => {
    makeTree(path(), { canary: "canary", out: null });
  });

  for (const [format, [program = "", ...args]] of Object.entries(PACK)) {
    it(`makes of ${format} the tree that was packed, read-only, and finds its digest on the way`, async function () {
      makeTree(path("from"), {
        "a/x": "x",
        "a/run": { run: "#!" },
        "a/l": { link: "x" },
        é: "é",
        empty: null,
      });
      writeFileSync(path("from/big"), Buffer.alloc(2_000_000, "0123456789"));
      try {
        execFileSync(program, args, { cwd: path("from"), stdio: "ignore" });
      } catch {
        this.skip();
      }
      const archive = format === "zip" ? "archive.zip" : "archive";
      const { digest, size } = await unpack(archive, { format: format as ArchiveFormat });
      expect(await digestPath(path("from"))).to.deep.include({ digest, size });
      expect(await digestPath(path("out/tree"))).to.deep.include({ digest, size });
      expect(lstatSync(path("out/tree")).mode & 0o777).to.equal(0o555);
      expect(lstatSync(path("out/tree/a/x")).mode & 0o777).to.equal(0o444);
    });
  }

  it("makes of gz a single read-only file", async () => {
    writeFileSync(path("x.gz"), gzipSync("content"));
    const { size, digest } = await unpack("x.gz", { format: "gz", executable: true });
    expect(await digestPath(path("out/tree"))).to.deep.include({
      size,
      digest,
      kind: "file",
      executable: true,
    });
    expect(readFileSync(path("out/tree"), "utf8")).to.equal("content");
  });

  const unsafe: Readonly<Record<string, readonly HostileEntry[]>> = {
    "a name with ..": [{ name: "../canary", content: "evil" }],
    "a name with .. inside": [{ name: "a/../../canary", content: "evil" }],
    "an absolute name": [{ name: "/tmp/evil", content: "evil" }],
    "a name with a newline": [{ name: "a\nb", content: "evil" }],
    "a link to an absolute path": [{ name: "l", type: "symlink", target: "/etc/passwd" }],
    "a link that leads outside": [{ name: "a/l", type: "symlink", target: "../../canary" }],
    "a link that leads outside through another": [
      { name: "here", type: "symlink", target: "." },
      { name: "l", type: "symlink", target: "here/.." },
    ],
    "a file written through a link": [
      { name: "l", type: "symlink", target: "d" },
      { name: "l/canary", content: "evil" },
    ],
    "a folder that becomes a link": [
      { name: "d/x", content: "x" },
      { name: "d", type: "symlink", target: "elsewhere" },
      { name: "d/y", content: "evil" },
    ],
    "a link that becomes a folder": [
      { name: "d", type: "symlink", target: "elsewhere" },
      { name: "d", type: "directory" },
    ],
    "a file over a link of the same name": [
      { name: "l", type: "symlink", target: "x" },
      { name: "l", content: "evil" },
    ],
    "the same file twice": [{ name: "x" }, { name: "./x" }],
    "a file inside a file": [{ name: "x" }, { name: "x/y" }],
    "a hard link to outside": [{ name: "h", type: "link", target: "../../canary" }],
    "a hard link to an absolute path": [{ name: "h", type: "link", target: "/etc/passwd" }],
    "a hard link to what comes later": [{ name: "h", type: "link", target: "x" }, { name: "x" }],
    "a hard link to a link": [
      { name: "l", type: "symlink", target: "x" },
      { name: "h", type: "link", target: "l" },
    ],
    "a device": [{ name: "null", type: "character-device" }],
    "a disk": [{ name: "sda", type: "block-device" }],
    "a pipe": [{ name: "pipe", type: "fifo" }],
  };
  for (const [what, entries] of Object.entries(unsafe)) {
    it(`refuses ${what} with ARCHIVE_UNSAFE, touches nothing outside and leaves nothing`, async () => {
      writeFileSync(path("x.tar"), await tarOf([{ name: "first", content: "1" }, ...entries]));
      expect((await refusal("x.tar")).code).to.equal("ARCHIVE_UNSAFE");
    });
  }

  it("takes setuid from programs, and hard links inside as links", async () => {
    const entries: HostileEntry[] = [
      { name: "su", mode: 0o6755, content: "s" },
      { name: "again", type: "link", target: "./su" },
      { name: "dir/", type: "directory" },
      { name: "dir", type: "directory" },
    ];
    writeFileSync(path("x.tar"), await tarOf(entries));
    expect((await unpack("x.tar")).size).to.equal(2);
    expect(lstatSync(path("out/tree/su")).mode & 0o7777).to.equal(0o555);
    expect(lstatSync(path("out/tree/again")).ino).to.equal(lstatSync(path("out/tree/su")).ino);
  });

  it("keeps names apart that only look equal: in case, or composed and decomposed", async () => {
    writeFileSync(
      path("x.tar"),
      await tarOf([{ name: "A" }, { name: "a" }, { name: "\u00e9" }, { name: "e\u0301" }]),
    );
    await unpack("x.tar");
    expect(readdirSync(path("out/tree"))).to.have.length(4);
  });

  it("refuses a sparse file of a terabyte, an unknown kind, and a negative size, at once", async () => {
    const huge = Buffer.alloc(12);
    huge.set([0x80, 0, 0, 0, 0, 0, 0, 0x01, 0, 0, 0, 0]);
    const headers = {
      S: rawTarHeader("sparse", "S", Buffer.from("00000000000 ")),
      Z: rawTarHeader("what", "Z", Buffer.from("00000000000 ")),
      negative: rawTarHeader("negative", "0", Buffer.alloc(12, 0xff)),
      huge: rawTarHeader("huge", "0", huge),
    };
    for (const [what, header] of Object.entries(headers)) {
      writeFileSync(path("x.tar"), Buffer.concat([header, Buffer.alloc(1024)]));
      expect((await refusal("x.tar")).code, what).to.match(/^ARCHIVE_(UNSAFE|DAMAGED|BOMB)$/);
    }
  });

  it("refuses a name with NUL in a PAX header", async () => {
    const record = "20 path=evil\0../name\n".slice(0, 20);
    const body = Buffer.alloc(512);
    body.write(record);
    const pax = rawTarHeader("pax", "x", Buffer.from("00000000024 "));
    const file = rawTarHeader("plain", "0", Buffer.from("00000000000 "));
    writeFileSync(path("x.tar"), Buffer.concat([pax, body, file, Buffer.alloc(1024)]));
    expect((await refusal("x.tar")).code).to.match(/^ARCHIVE_(UNSAFE|DAMAGED)$/);
  });

  for (const format of ["tar", "tar.gz", "tar.zst", "zip"] as const) {
    it(`calls ${format} ARCHIVE_DAMAGED when it is cut or not an archive at all`, async function () {
      makeTree(path("from"), { x: "x".repeat(100_000), y: Buffer.alloc(300_000, "abcdefg") });
      const [program = "", ...args] = PACK[format];
      try {
        execFileSync(program, args, { cwd: path("from"), stdio: "ignore" });
      } catch {
        this.skip();
      }
      const whole = readFileSync(path(format === "zip" ? "archive.zip" : "archive"));
      writeFileSync(path("cut"), whole.subarray(0, whole.length * 0.6));
      writeFileSync(path("no"), "this is just a text, and longer than one block of tar\n".repeat(20));
      expect((await refusal("cut", { format })).code).to.equal("ARCHIVE_DAMAGED");
      expect((await refusal("no", { format })).code).to.equal("ARCHIVE_DAMAGED");
    });
  }

  it("calls compressed data ARCHIVE_DAMAGED when a bit of it is flipped", async function () {
    makeTree(path("from"), {
      x: Buffer.from(Array.from({ length: 50_000 }, (_, at) => (at * at * 31) & 0xff)),
    });
    for (const format of ["tar.gz", "tar.zst", "zip"] as const) {
      const [program = "", ...args] = PACK[format];
      try {
        execFileSync(program, args, { cwd: path("from"), stdio: "ignore" });
      } catch {
        this.skip();
      }
      const bytes = readFileSync(path(format === "zip" ? "archive.zip" : "archive"));
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 4;
      writeFileSync(path("flipped"), bytes);
      expect((await refusal("flipped", { format })).code, format).to.equal("ARCHIVE_DAMAGED");
    }
  });

  it("stops a bomb by its entries, its bytes, or its ratio, before it has filled the disk", async () => {
    writeFileSync(path("many.tar"), await tarOf(Array.from({ length: 50 }, (_, at) => ({ name: `f${at}` }))));
    const many = await refusal("many.tar", { limits: { entries: 49 } });
    expect([many.code, many.message]).to.satisfy(
      ([code, text]: string[]) => code === "ARCHIVE_BOMB" && text?.includes("archiveEntries"),
    );
    writeFileSync(path("deep.tar"), await tarOf([{ name: `${"d/".repeat(60)}f` }]));
    expect((await refusal("deep.tar", { limits: { entries: 49 } })).code).to.equal("ARCHIVE_BOMB");
    writeFileSync(path("big.tar"), await tarOf([{ name: "f", content: "x".repeat(5000) }]));
    expect((await refusal("big.tar", { limits: { bytes: 4999 } })).message).to.contain("archiveBytes");
    writeFileSync(path("ratio.gz"), gzipSync(Buffer.alloc(80 * 1024 * 1024)));
    const ratio = await refusal("ratio.gz", { format: "gz" });
    expect([ratio.code, ratio.message.includes("archiveRatio")]).to.deep.equal(["ARCHIVE_BOMB", true]);
  });

  it("counts every hard link, as whoever gets a copy has to store it", async () => {
    const links = Array.from({ length: 20 }, (_, at) => ({
      name: `l${at}`,
      type: "link" as const,
      target: "f",
    }));
    writeFileSync(path("x.tar"), await tarOf([{ name: "f", content: "x".repeat(1000) }, ...links]));
    expect((await refusal("x.tar", { limits: { bytes: 20_000 } })).code).to.equal("ARCHIVE_BOMB");
  });

  it("refuses zip entries that lead outside", async () => {
    const program = [
      "import sys, zipfile",
      "z = zipfile.ZipFile(sys.argv[1], 'w')",
      "i = zipfile.ZipInfo(sys.argv[2]); i.create_system = 3; i.external_attr = int(sys.argv[4], 8) << 16",
      "z.writestr(i, sys.argv[3]); z.close()",
    ].join("\n");
    const cases = [
      ["../canary", "evil", "100644"],
      ["l", "/etc/passwd", "120777"],
      ["a/l", "../../x", "120777"],
      ["p", "", "010644"],
    ];
    for (const [name = "", content = "", mode = ""] of cases) {
      execFileSync("python3", ["-c", program, path("x.zip"), name, content, mode]);
      expect((await refusal("x.zip", { format: "zip" })).code, name).to.equal("ARCHIVE_UNSAFE");
    }
  });

  it("says which archive is missing", async () => {
    const error = await refusal("none.tar");
    expect([error.code, error.message.includes("none.tar")]).to.deep.equal(["INPUT_MISSING", true]);
  });

  it("stops when it is not wanted any more, and leaves nothing", async () => {
    writeFileSync(path("x.gz"), gzipSync(Buffer.alloc(60_000_000)));
    const controller = new AbortController();
    const work = unpack("x.gz", { format: "gz", signal: controller.signal });
    controller.abort();
    expect(await work.catch((error: unknown) => (error as Error).name)).to.equal("AbortError");
    expect(existsSync(path("out/tree"))).to.equal(false);
  });
});
