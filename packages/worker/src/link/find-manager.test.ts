import { VineError } from "@taskvine/core/model";
import { expect } from "chai";
import { findManager } from "./find-manager.js";

describe("the search for a manager", () => {
  it("says again now and then why there is none, and for how long it goes on", async () => {
    const abort = new AbortController();
    const heard: { readonly message: string; readonly restMs: number }[] = [];
    const search = findManager({
      place: { type: "file", path: "/nowhere/vine.json" },
      timeoutMs: 60_000,
      repeatMs: 1,
      isFirst: true,
      signal: abort.signal,
      attempt: async () => await Promise.reject(new VineError("NO_MANAGER", "nobody answers")),
      onFailure: ({ message }, restMs) => {
        heard.push({ message, restMs });
        if (heard.length === 2) abort.abort();
      },
    });
    expect(await search.catch((error: unknown) => error)).to.have.property("name", "AbortError");
    const [first, second] = heard;
    expect(first?.message).to.equal("its connection file /nowhere/vine.json is not there yet");
    expect(second?.message).to.equal(first?.message);
    expect(second?.restMs).to.be.below(first?.restMs ?? 0);
  });

  it("says what has not changed only once a minute", async () => {
    let heard = 0;
    const error = await findManager({
      place: { type: "file", path: "/nowhere/vine.json" },
      timeoutMs: 1_200,
      isFirst: true,
      signal: new AbortController().signal,
      attempt: async () => await Promise.resolve(),
      onFailure: () => (heard += 1),
    }).catch((thrown: unknown) => thrown);
    expect(error).to.have.property("code", "NO_MANAGER");
    expect(heard).to.equal(1);
  });
});
