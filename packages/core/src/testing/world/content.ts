declare const brand: unique symbol;
/** What a file holds, in a virtual world: a fingerprint of how it came to be. Equal contents are equal strings. */
export type Content = string & { readonly [brand]: "Content" };

/** The content that follows from these parts, the same in every run. */
export function contentOf(...parts: readonly string[]): Content {
  let high = 0x1b873593;
  let low = 0x0cc9e2d5;
  for (const part of parts) {
    for (let i = 0; i < part.length; i++) {
      const unit = part.charCodeAt(i);
      high = Math.imul(high ^ unit, 0x85ebca77);
      low = Math.imul(low ^ (unit + 0x165667b1), 0xc2b2ae3d);
      high ^= low >>> 13;
    }
    high = Math.imul(high ^ part.length, 0x9e3779b1);
    low ^= high >>> 16;
  }
  return (hex(high) + hex(low)) as Content;
}

function hex(value: number): string {
  return (value >>> 0).toString(16).padStart(8, "0");
}
