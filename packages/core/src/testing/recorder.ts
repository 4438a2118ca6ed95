import type { Effect } from "../coordinator/effect.js";

/** Some members of an object, at any depth; lists must be equal in length; ids may be plain numbers and strings. */
export type Part<T> = T extends number
  ? number
  : T extends string
    ? string
    : T extends readonly (infer Item)[]
      ? readonly Part<Item>[]
      : T extends object
        ? { readonly [Key in keyof T]?: Part<T[Key]> }
        : T;

type EffectType = Effect["type"];
type EffectOf<Type extends EffectType> = Extract<Effect, { readonly type: Type }>;

/** Keeps the effects of many steps, in order, and finds them again by what is known of them. */
export class EffectRecorder {
  readonly #effects: Effect[] = [];

  get all(): readonly Effect[] {
    return this.#effects;
  }

  /** Keeps them; returns them too, so that it can stand around a call of `step`. */
  add(effects: readonly Effect[]): readonly Effect[] {
    for (const effect of effects) this.#effects.push(effect);
    return effects;
  }

  /** All effects of a type that have these members. */
  matching<Type extends EffectType>(type: Type, part?: Part<EffectOf<Type>>): EffectOf<Type>[] {
    const ofType = this.#effects.filter((effect): effect is EffectOf<Type> => effect.type === type);
    return ofType.filter((effect) => hasPart(effect, part ?? {}));
  }

  /** The only effect of a type that has these members; throws where there are none or several. */
  only<Type extends EffectType>(type: Type, part?: Part<EffectOf<Type>>): EffectOf<Type> {
    const found = this.matching(type, part);
    if (found.length === 1) return found[0] as EffectOf<Type>;
    const seen = this.#effects.map((effect) => JSON.stringify(effect)).join("\n  ");
    throw new Error(
      `${found.length} effects match ${type} ${JSON.stringify(part ?? {})}; all effects:\n  ${seen}`,
    );
  }

  /** Forgets everything: only what comes from now on is of interest. */
  clear(): void {
    this.#effects.length = 0;
  }
}

/** Whether `whole` has every member that `part` names, at any depth. */
export function hasPart(whole: unknown, part: unknown): boolean {
  if (typeof part !== "object" || part === null) return Object.is(whole, part);
  if (typeof whole !== "object" || whole === null) return false;
  if (Array.isArray(part) && (!Array.isArray(whole) || whole.length !== part.length)) return false;
  return Object.entries(part).every(([key, value]) =>
    hasPart((whole as Record<string, unknown>)[key], value),
  );
}
