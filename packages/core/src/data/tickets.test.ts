import { Buffer } from "node:buffer";
import { randomBytes } from "node:crypto";
import { expect } from "chai";
import { LIMITS } from "../model/limits.js";
import { makeTicketChecker, makeTicketIssuer, type TicketChecker } from "./tickets.js";

const USE = { cacheName: "sha256-abc", receiver: "worker-1" };

describe("a ticket", () => {
  const key = randomBytes(32);
  let nowMs = 1_000_000;
  let checker: TicketChecker;
  const issuer = makeTicketIssuer(key, () => nowMs);
  const issue = (): Uint8Array => issuer.issue(USE.cacheName, USE.receiver);

  beforeEach(() => {
    nowMs = 1_000_000;
    checker = makeTicketChecker(key, () => nowMs);
  });

  it("is good for its file and receiver, also for a second try", () => {
    const ticket = issue();
    expect(checker.refusal(ticket, USE)).to.equal(undefined);
    expect(checker.refusal(ticket, USE)).to.equal(undefined);
  });

  it("is not good for another file or receiver, nor when name and receiver only join to the same text", () => {
    const ticket = issue();
    expect(checker.refusal(ticket, { ...USE, cacheName: "sha256-abd" })).to.contain("not for this file");
    expect(checker.refusal(ticket, { ...USE, receiver: "worker-2" })).to.contain("not for this file");
    const shifted = { cacheName: `${USE.cacheName}w`, receiver: USE.receiver.slice(1) };
    expect(checker.refusal(ticket, shifted)).to.contain("not for this file");
  });

  it("is not good with another key, any bit flipped, or another length", () => {
    const ticket = issue();
    expect(makeTicketChecker(randomBytes(32), () => nowMs).refusal(ticket, USE)).to.be.a("string");
    for (let at = 0; at < ticket.length; at++) {
      const forged = Buffer.from(ticket);
      forged[at] = (forged[at] ?? 0) ^ 1;
      expect(checker.refusal(forged, USE), `byte ${at}`).to.be.a("string");
    }
    for (const length of [0, 1, 55, 57])
      expect(checker.refusal(Buffer.alloc(length), USE)).to.contain("malformed");
  });

  it("expires", () => {
    const ticket = issue();
    nowMs += LIMITS.ticketMs + 1;
    expect(checker.refusal(ticket, USE)).to.contain("expired");
  });

  it("begun in time may still resume after its end, but not for ever", () => {
    const ticket = issue();
    expect(checker.refusal(ticket, USE)).to.equal(undefined);
    nowMs += LIMITS.ticketMs + 1;
    expect(checker.refusal(ticket, USE)).to.equal(undefined);
    nowMs += LIMITS.ticketMs;
    expect(checker.refusal(ticket, USE)).to.contain("expired");
  });

  it("is good again when it turns out that not all has arrived", () => {
    const ticket = issue();
    checker.refusal(ticket, USE);
    checker.spend(ticket);
    checker.restore(ticket);
    expect(checker.refusal(ticket, USE)).to.equal(undefined);
  });

  it("is spent once its file was sent whole, and stays so until it has expired", () => {
    const ticket = issue();
    checker.refusal(ticket, USE);
    checker.spend(ticket);
    expect(checker.refusal(ticket, USE)).to.contain("used before");
    nowMs += LIMITS.ticketMs;
    expect(checker.refusal(ticket, USE)).to.contain("used before");
  });
});
