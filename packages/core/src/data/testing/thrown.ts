import { VineError } from "../../model/errors.js";

/** The VineError that the promise rejects with. Anything else fails the test. */
export async function thrown<E extends VineError = VineError>(promise: Promise<unknown>): Promise<E> {
  const value = await promise.then(
    (result) => new Error(`expected an error, got ${JSON.stringify(result)}`),
    (error: unknown) => error,
  );
  if (value instanceof VineError) return value as E;
  throw value;
}
