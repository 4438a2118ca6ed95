// What the contenders in JavaScript call; also a library's module.

const MEGABYTE = 1_000_000;

export const increment = (number: number): number => number + 1;

export const megabyte = (number: number): Uint8Array => new Uint8Array(MEGABYTE).fill(number % 256);

export const length = (data: Uint8Array): number => data.length;
