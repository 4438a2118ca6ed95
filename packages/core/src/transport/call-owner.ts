/**
 * Calls back into the owner's code from the middle of ours. What it throws is a bug of the owner's: it comes to light by
 * itself, uncaught, and does not stop the business of other links.
 */
export function callOwner(call: () => void): void {
  try {
    call();
  } catch (thrown) {
    setImmediate(() => {
      throw thrown;
    });
  }
}
