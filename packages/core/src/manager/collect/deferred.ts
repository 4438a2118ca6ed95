/** A promise together with the hand that settles it. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(cause: Error): void;
}

export function defer<T>(): Deferred<T> {
  let settle: { resolve(value: T): void; reject(cause: Error): void } | undefined;
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, resolve: (value) => settle?.resolve(value), reject: (cause) => settle?.reject(cause) };
}
