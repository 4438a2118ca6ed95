import { Buffer } from "node:buffer";
import { randomBytes } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import type { Fetched, FetchRequest } from "../contract.js";
import { digestPath } from "../digest/digest-path.js";
import type { FetchError } from "../fetch-error.js";
import { type FaultyHttp, startFaultyHttp } from "../testing/faulty-http.js";
import { makeTree } from "../testing/make-tree.js";
import { useTempDir } from "../testing/temp-dir.js";
import { thrown } from "../testing/thrown.js";
import { closeDataThreads } from "../threads/pool.js";
import { fetchFile } from "./fetch-file.js";
import { identifyUrl } from "./identify-url.js";

const CONTENT = randomBytes(300_000);

describe("fetching a URL", () => {
  const path = useTempDir();
  let web: FaultyHttp;
  before(async () => {
    web = await startFaultyHttp();
  });
  after(async () => {
    await web.close();
    await closeDataThreads();
  });

  const fetchUrl = (
    url: string,
    changes: Partial<FetchRequest> & { etag?: string; lastModified?: string } = {},
  ): Promise<Fetched> => {
    const { etag = "", lastModified = "", ...rest } = changes;
    return fetchFile({
      source: { type: "url", url, etag, lastModified },
      kind: "file",
      executable: false,
      into: path("into"),
      signal: new AbortController().signal,
      stallMs: 2_000,
      ...rest,
    });
  };
  const refusal = async (...args: Parameters<typeof fetchUrl>): Promise<[string, string]> => {
    const before = readdirSync(path());
    const error = await thrown<FetchError>(fetchUrl(...args));
    expect(readdirSync(path()), "left behind").to.deep.equal(before);
    return [error.code, error.fault];
  };
  const rangesOf = (url: string): (string | undefined)[] =>
    web.requests.filter((request) => url.endsWith(request.path)).map((request) => request.range);
  const expectContent = async (fetched: Promise<Fetched>): Promise<void> => {
    expect((await fetched).size).to.equal(CONTENT.length);
    expect(readFileSync(path("into")).equals(CONTENT)).to.equal(true);
  };

  it("brings it, read-only", async () => {
    await expectContent(fetchUrl(web.serve("plain", CONTENT)));
    expect(lstatSync(path("into")).mode & 0o777).to.equal(0o444);
  });

  it("follows redirects, to http and https only, and not for ever", async () => {
    const target = web.serve("target", CONTENT);
    await expectContent(fetchUrl(web.serve("moved", CONTENT, { redirect: target })));
    for (const redirect of ["file:///etc/passwd", "ftp://x/y", `${web.url}/loop`]) {
      expect(await refusal(web.serve("loop", CONTENT, { redirect }), { into: path("other") })).to.deep.equal([
        "URL_REFUSED",
        "file",
      ]);
    }
  });

  it("tries again when the server fails, and then blames it", async () => {
    await expectContent(fetchUrl(web.serve("twice", CONTENT, { status: 503, times: 2 })));
    expect(
      await refusal(web.serve("always", CONTENT, { status: 500 }), { into: path("other") }),
    ).to.deep.equal(["URL_FAILED", "source"]);
    expect(rangesOf("/always")).to.have.length(4);
  });

  it("does not try again when there is no such URL, or none for us", async () => {
    const cases = [
      [404, "URL_NOT_FOUND"],
      [410, "URL_NOT_FOUND"],
      [403, "URL_REFUSED"],
      [401, "URL_REFUSED"],
    ] as const;
    for (const [status, code] of cases) {
      const url = web.serve(`status-${status}`, CONTENT, { status });
      expect(await refusal(url)).to.deep.equal([code, "file"]);
      expect(rangesOf(url)).to.have.length(1);
    }
  });

  it("after a broken connection asks only for the missing bytes", async () => {
    const url = web.serve("cut", CONTENT, { cutAfter: 100_000, times: 2 });
    await expectContent(fetchUrl(url));
    const [first, second, third] = rangesOf(url);
    expect([first, second !== undefined, third !== undefined]).to.deep.equal([undefined, true, true]);
  });

  it("begins anew where the server has no ranges, no validators, or another content", async () => {
    for (const fault of ["noRanges", "noValidators", "newEtags"] as const) {
      const url = web.serve(fault, CONTENT, { cutAfter: 100_000, times: 1, [fault]: true });
      await expectContent(fetchUrl(url, { into: path("into") }));
      writeFileSync(path("into.used"), "");
      const { rm } = await import("node:fs/promises");
      await rm(path("into"));
    }
  });

  it("notices a stall, and goes on from there", async () => {
    const url = web.serve("stall", CONTENT, { stallAfter: 100_000, times: 1 });
    await expectContent(fetchUrl(url, { stallMs: 200 }));
    expect(rangesOf(url)).to.have.length(2);
  });

  it("refuses with URL_CHANGED what is not any more what was declared", async () => {
    const url = web.serve("changed", CONTENT);
    const { etag, lastModified } = await identifyUrl(url, new AbortController().signal);
    await expectContent(fetchUrl(url, { etag, lastModified }));
    expect(await refusal(url, { etag: '"other"', into: path("2") })).to.deep.equal(["URL_CHANGED", "file"]);
    expect(await refusal(url, { digest: "0".repeat(64), into: path("2") })).to.deep.equal([
      "URL_CHANGED",
      "file",
    ]);
    web.serve("changed", randomBytes(10));
    expect(await refusal(url, { etag, into: path("2") })).to.deep.equal(["URL_CHANGED", "file"]);
  });

  it("notices content that is corrupted on the way, where the digest is known", async () => {
    const { digest } = await fetchUrl(web.serve("good", CONTENT), { into: path("good") });
    const url = web.serve("corrupt", CONTENT, { corruptAt: 1234 });
    expect(await refusal(url, { digest })).to.deep.equal(["URL_CHANGED", "file"]);
  });

  it("takes no more than there is room for", async () => {
    expect(await refusal(web.serve("large", CONTENT), { sizeLimit: 299_999 })).to.deep.equal([
      "CACHE_FULL",
      "destination",
    ]);
  });

  it("blames the source when nobody is there", async function () {
    this.timeout(60_000);
    expect(await refusal("http://127.0.0.1:1/x")).to.deep.equal(["URL_FAILED", "source"]);
  });

  it("brings data: URLs", async () => {
    expect((await fetchUrl("data:text/plain;base64,YWJj")).digest.slice(0, 8)).to.equal("ba7816bf");
    expect(await refusal("data:nothing", { into: path("2") })).to.deep.equal(["URL_REFUSED", "file"]);
  });

  it("copies files and trees of file: URLs, unless they have changed", async () => {
    makeTree(path("tree"), { "a/b": "b", run: { run: "x" } });
    writeFileSync(path("file"), "abc");
    const tree = await fetchUrl(pathToFileURL(path("tree")).href, { kind: "tree" });
    expect(tree.digest).to.equal((await digestPath(path("tree"))).digest);
    const url = pathToFileURL(path("file")).href;
    const { etag } = await identifyUrl(url, new AbortController().signal);
    await fetchUrl(url, { etag, into: path("2") });
    writeFileSync(path("file"), "abcd");
    expect(await refusal(url, { etag, into: path("3") })).to.deep.equal(["URL_CHANGED", "file"]);
    expect(await refusal(`${url}-not`, { into: path("3") })).to.deep.equal(["URL_NOT_FOUND", "file"]);
  });

  it("refuses other schemes, and does not show passwords", async () => {
    expect(await refusal("ftp://x/y")).to.deep.equal(["URL_UNSUPPORTED", "file"]);
    expect(await refusal("nonsense")).to.deep.equal(["URL_UNSUPPORTED", "file"]);
    const url = web.serve("secret", CONTENT, { status: 404 }).replace("://", "://me:hunter2@");
    const error = await thrown(fetchUrl(url));
    expect(error.message).to.contain("404").and.not.contain("hunter2");
  });

  it("stops when it is not wanted any more", async () => {
    const controller = new AbortController();
    const url = web.serve("endless", CONTENT, { stallAfter: 1_000 });
    const options = { signal: controller.signal, onBytes: () => controller.abort() };
    expect(await refusal(url, options)).to.deep.equal(["CANCELLED", "destination"]);
  });
});

describe("identifying a URL", () => {
  let web: FaultyHttp;
  before(async () => {
    web = await startFaultyHttp();
  });
  after(() => web.close());
  const { signal } = new AbortController();

  it("asks for validators and size only", async () => {
    const found = await identifyUrl(web.serve("x", Buffer.alloc(10)), signal);
    expect(found).to.deep.include({ size: 10, lastModified: "Sat, 01 Jan 2022 00:00:00 GMT", kind: "file" });
    expect(found.etag).to.match(/^"/);
    expect(web.requests.map((request) => request.method)).to.deep.equal(["HEAD"]);
  });

  it("uses a GET where HEAD is not known", async () => {
    const found = await identifyUrl(web.serve("y", Buffer.alloc(10), { noHead: true }), signal);
    expect([found.size, found.etag !== ""]).to.deep.equal([10, true]);
  });

  it("allows a server without validators", async () => {
    const found = await identifyUrl(web.serve("z", Buffer.alloc(10), { noValidators: true }), signal);
    expect(found).to.deep.equal({ etag: "", lastModified: "", size: 10, kind: "file" });
  });

  it("knows data: URLs by themselves", async () => {
    expect(await identifyUrl("data:,abc", signal)).to.deep.include({ size: 3, kind: "file" });
  });

  it("fails as fetching would", async () => {
    for (const [status, code] of [
      [404, "URL_NOT_FOUND"],
      [403, "URL_REFUSED"],
      [500, "URL_FAILED"],
    ] as const) {
      expect(
        (await thrown(identifyUrl(web.serve(`s${status}`, Buffer.alloc(1), { status }), signal))).code,
      ).to.equal(code);
    }
    expect((await thrown(identifyUrl("gopher://x", signal))).code).to.equal("URL_UNSUPPORTED");
  });
});
