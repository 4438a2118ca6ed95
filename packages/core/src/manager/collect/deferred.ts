/** A promise together with the hand that settles it. */
export class Deferred<T> {
  readonly promise: Promise<T>;
  #resolve!: (value: T) => void;
  #reject!: (cause: Error) => void;

  constructor() {
    this.promise = new Promise<T>((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  resolve(value: T): void {
    this.#resolve(value);
  }

  reject(cause: Error): void {
    this.#reject(cause);
  }
}

export function defer<T>(): Deferred<T> {
  return new Deferred<T>();
}
