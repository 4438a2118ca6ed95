import fc from "fast-check";
import { type Graph, NODE, resolveGraph } from "../graph/graph.js";

/** Tasks, by what each needs. */
export function graphOf(needs: readonly (readonly number[])[], requested: readonly number[]): Graph {
  return resolveGraph({
    kinds: new Uint8Array(needs.length),
    counts: Int32Array.from(needs, (list) => list.length),
    dependencies: Int32Array.from(needs.flat()),
    requested,
  });
}

/** Any graph without circles: tasks, values and aliases, some of them asked for. */
export function anyGraph(): fc.Arbitrary<Graph> {
  return fc
    .array(fc.record({ kind: fc.nat({ max: 9 }), needs: fc.array(fc.nat({ max: 60 }), { maxLength: 4 }) }), {
      minLength: 1,
      maxLength: 60,
    })
    .chain((drafts) =>
      fc
        .uniqueArray(fc.nat({ max: drafts.length - 1 }), { minLength: 1, maxLength: 4 })
        .map((requested) => resolveGraph(givenOf(drafts, requested))),
    );
}

interface Draft {
  readonly kind: number;
  readonly needs: readonly number[];
}

function givenOf(drafts: readonly Draft[], requested: readonly number[]): Parameters<typeof resolveGraph>[0] {
  const kinds = drafts.map(({ kind }, node) => {
    if (kind === 0) return NODE.data;
    return kind === 1 && node > 0 ? NODE.alias : NODE.task;
  });
  const needs = drafts.map((draft, node) => {
    const earlier = node === 0 ? [] : draft.needs.map((need) => need % node);
    if (kinds[node] === NODE.data) return [];
    return kinds[node] === NODE.alias ? [earlier[0] ?? 0] : earlier;
  });
  return {
    kinds: Uint8Array.from(kinds),
    counts: Int32Array.from(needs, (list) => list.length),
    dependencies: Int32Array.from(needs.flat()),
    requested,
  };
}
