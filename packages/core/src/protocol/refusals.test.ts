import { expect } from "chai";
import { VineError } from "../model/errors.js";

/** Expects a refusal, and not just any exception. */
export function expectBadFrame(decode: () => unknown, what: string): void {
  expect(decode, what).to.throw(VineError).with.property("code", "BAD_FRAME");
}
