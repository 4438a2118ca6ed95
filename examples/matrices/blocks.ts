// What runs at the workers: functions over square blocks of a matrix.

/** Rows, and columns, of a block. */
export const SIDE = 100;

/** An entry of the whole matrix. */
export function entry(row: number, column: number): number {
  return (7 * row + 3 * column + row * column) % 11;
}

export function block(row: number, column: number): Float64Array {
  return Float64Array.from({ length: SIDE * SIDE }, (_, at) =>
    entry(row * SIDE + Math.floor(at / SIDE), column * SIDE + (at % SIDE)),
  );
}

export function multiply(a: Float64Array, b: Float64Array): Float64Array {
  const product = new Float64Array(SIDE * SIDE);
  for (let row = 0; row < SIDE; row += 1)
    for (let k = 0; k < SIDE; k += 1) {
      const factor = a[row * SIDE + k] ?? 0;
      for (let column = 0; column < SIDE; column += 1) {
        const at = row * SIDE + column;
        product[at] = (product[at] ?? 0) + factor * (b[k * SIDE + column] ?? 0);
      }
    }
  return product;
}

/** Entry by entry. */
export function add(first: Float64Array, ...more: readonly Float64Array[]): Float64Array {
  return first.map((x, at) => more.reduce((sum, block) => sum + (block[at] ?? 0), x));
}

/** Of the entries of a block. */
export function total(values: Float64Array): number {
  return values.reduce((sum, x) => sum + x, 0);
}

export function sum(...numbers: readonly number[]): number {
  return numbers.reduce((all, x) => all + x, 0);
}
