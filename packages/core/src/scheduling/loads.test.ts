import { expect } from "chai";
import fc from "fast-check";
import { type Linked, type Links, Loads, unlinked } from "./loads.js";

class Item implements Linked<Item> {
  readonly links: Links<Item> = unlinked();
  load = -1;
  since = 0;
}

describe("a table of loads", () => {
  it("gives the item with least to do, of several the one that has been so for longest, and one with most", () => {
    const change = fc.tuple(fc.nat(9), fc.option(fc.nat(12)));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 200 }), (changes) => {
        const loads = new Loads<Item>();
        const items = Array.from({ length: 10 }, () => new Item());
        changes.forEach(([index, load], time) => {
          const item = items[index] as Item;
          if (load === null) loads.remove(item);
          else loads.put(item, load);
          if (item.load !== (load ?? -1)) item.since = time;
          item.load = load ?? -1;
          const inside = items.filter((one) => one.load >= 0);
          expect(loads.size).to.equal(inside.length);
          const least = [...inside].sort((a, b) => a.load - b.load || a.since - b.since)[0];
          expect(loads.least()).to.equal(least);
          expect(loads.most()?.load).to.equal(
            inside.length === 0 ? undefined : Math.max(...inside.map((one) => one.load)),
          );
        });
      }),
    );
  });
});
