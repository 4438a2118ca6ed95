import { once } from "node:events";
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import {
  type ConnectionFile,
  livingManager,
  readConnectionFile,
  removeConnectionFile,
  writeConnectionFile,
} from "./index.js";
import { rejection } from "./recorder.test.js";

const ROLE = { publicKey: "a".repeat(40), secretKey: "b".repeat(40), secret: "0f".repeat(32) };
const FILE: ConnectionFile = {
  format: 1,
  managerName: "test",
  addresses: ["tcp://10.0.0.1:9123", "tcp://[::1]:9123"],
  insecure: false,
  serverKey: "c".repeat(40),
  worker: ROLE,
  client: ROLE,
};
const NO_KEYS = { publicKey: "", secretKey: "", secret: "" };

describe("the connection file", () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "vine-connection-"));
    path = join(folder, "connection.json");
  });

  afterEach(() => rm(folder, { recursive: true }));

  it("is read as it was written, and nobody else can read it", async () => {
    await writeConnectionFile(path, FILE);
    expect(await readConnectionFile(path)).to.deep.equal(FILE);
    expect((await stat(path)).mode & 0o777).to.equal(0o600);
  });

  it("replaces an older one whole, whatever the mode of that, and leaves nothing beside it", async () => {
    await writeFile(path, "old", { mode: 0o644 });
    await writeConnectionFile(path, FILE);
    expect((await stat(path)).mode & 0o777).to.equal(0o600);
    expect(await readdir(folder)).to.deep.equal(["connection.json"]);
  });

  it("that cannot be written is an error with the place, and leaves nothing", async () => {
    const error = await rejection(writeConnectionFile(join(folder, "missing", "x"), FILE));
    expect(error.code).to.equal("CONNECTION_FILE");
    expect(error.message).to.contain("missing");
    expect(await readdir(folder)).to.deep.equal([]);
  });

  it("open to others is refused, with the command that closes it", async () => {
    await writeConnectionFile(path, FILE);
    await chmod(path, 0o640);
    const error = await rejection(readConnectionFile(path));
    expect(error).to.include({ code: "CONNECTION_FILE", hint: `Run: chmod 600 ${path}` });
  });

  it("is removed by the manager that wrote it, but not once another has written its own", async () => {
    await writeConnectionFile(path, { ...FILE, managerName: "other" });
    await removeConnectionFile(path, FILE);
    expect((await readConnectionFile(path)).managerName).to.equal("other");
    await writeConnectionFile(path, FILE);
    await removeConnectionFile(path, FILE);
    await removeConnectionFile(path, FILE);
    expect(await readdir(folder)).to.deep.equal([]);
  });

  it("tells which manager it leads to for as long as that one answers", async () => {
    expect(await livingManager(path)).to.equal(undefined);
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    await writeConnectionFile(path, { ...FILE, addresses: [`tcp://127.0.0.1:${port}`] });
    expect(await livingManager(path)).to.equal("test");
    server.close();
    await once(server, "close");
    expect(await livingManager(path)).to.equal(undefined);
  });

  it("that is none at all is not to be closed to others", async () => {
    const error = await rejection(readConnectionFile("/etc/passwd"));
    expect(error.message).to.contain("/etc/passwd is damaged");
    expect(error.hint).not.to.contain("chmod");
  });

  it("that is missing says so", async () => {
    expect((await rejection(readConnectionFile(path))).message).to.contain("no such file");
  });

  it("insecure holds no keys", async () => {
    const open = { ...FILE, insecure: true, serverKey: "", worker: NO_KEYS, client: NO_KEYS };
    await writeConnectionFile(path, open);
    expect(await readConnectionFile(path)).to.deep.equal(open);
  });

  it("that is damaged says how, and tells no secret", async () => {
    const damaged: Record<string, unknown> = {
      "no JSON": "{",
      nothing: null,
      "another format": { ...FILE, format: 2 },
      "no name": { ...FILE, managerName: undefined },
      "no address": { ...FILE, addresses: [] },
      "an address of the web": { ...FILE, addresses: ["http://x/"] },
      "a port of 0": { ...FILE, addresses: ["tcp://host:0"] },
      "a short key": { ...FILE, serverKey: "c".repeat(39) },
      "no client": { ...FILE, client: undefined },
      "a short secret": { ...FILE, worker: { ...ROLE, secret: "0f" } },
      "insecure with a key": { ...FILE, insecure: true },
      "secure without keys": { ...FILE, serverKey: "" },
    };
    for (const [what, content] of Object.entries(damaged)) {
      const text = typeof content === "string" ? content : JSON.stringify(content);
      await writeFile(path, text, { mode: 0o600 });
      const error = await rejection(readConnectionFile(path));
      expect(error.code, what).to.equal("CONNECTION_FILE");
      expect(error.message, what).not.to.contain(ROLE.secret).and.not.to.contain(ROLE.secretKey);
    }
  });
});
