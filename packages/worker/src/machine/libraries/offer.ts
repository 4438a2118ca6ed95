import type { Turn } from "../world.js";
import type { Instance, Offer } from "./tables/instance.js";

/** So long we wait for more connections before we tell of a few. */
const SETTLE_MS = 100;

/** Tells the manager what an instance offers: at once when that is all it was asked for, else when it has come to rest. */
export function noteOffer(turn: Turn, instance: Instance): void {
  const { offer, order } = instance;
  if (offer.slots === 0 || isSame(offer, instance.said)) instance.changedMs = undefined;
  else if (offer.slots >= order.slots) say(turn, instance, offer);
  else instance.changedMs ??= turn.nowMs;
}

export function sayWhenSettled(turn: Turn, instance: Instance): void {
  if (instance.changedMs === undefined || turn.nowMs - instance.changedMs < SETTLE_MS) return;
  say(turn, instance, instance.offer);
}

function say(turn: Turn, instance: Instance, offer: Offer): void {
  instance.said = offer;
  instance.changedMs = undefined;
  turn.effects.push({ type: "library-ready", key: instance.order.key, offer });
}

function isSame(offer: Offer, said: Offer | undefined): boolean {
  return said?.slots === offer.slots && said.functions?.join("\n") === offer.functions?.join("\n");
}
