import fc from "fast-check";
import { CHANGES, type Deed, type Doing } from "./deeds.ts";
import { CHANNEL_FAULTS, FRAGILE } from "./fire-world.ts";

const COMMANDS = [
  ..."menu ask pick phone place long nap remind forget many start logout pause away resume show".split(" "),
  ..."operator back red blue swap call begin shaky try work".split(" "),
];
/** One that runs for ever, and one that there is not. */
const ODD_COMMANDS = ["circle", "nosuch"];
const COMMUNICATIONS =
  "news siren post reading double mute planner survey poll alarm chain dream nightmare".split(" ");

const SECOND = 1000;
const HOUR = 60 * 60 * SECOND;
const DAY = 24 * HOUR;

/** What is left to be chosen of one of several kinds. */
type Rest<Of, Tag extends keyof Of> = { readonly [Name in Exclude<keyof Of, Tag>]: fc.Arbitrary<Of[Name]> };

/** A deed of this kind, so much more often than others. */
function deed<Kind extends Deed["kind"]>(
  weight: number,
  kind: Kind,
  rest: Rest<Extract<Deed, { kind: Kind }>, "kind">,
): fc.WeightedArbitrary<Extract<Deed, { kind: Kind }>> {
  return { weight, arbitrary: fc.record({ kind: fc.constant(kind), ...rest }) as fc.Arbitrary<never> };
}

/** Likewise, of what a person does. */
function doing<Does extends Doing["does"]>(
  weight: number,
  does: Does,
  rest: Rest<Extract<Doing, { does: Does }>, "does">,
): fc.WeightedArbitrary<Extract<Doing, { does: Does }>> {
  return { weight, arbitrary: fc.record({ does: fc.constant(does), ...rest }) as fc.Arbitrary<never> };
}

/** The first of two, and rarely the other. */
function rarely<Common, Rare>(common: fc.Arbitrary<Common>, rare: fc.Arbitrary<Rare>) {
  return fc.oneof({ weight: 6, arbitrary: common }, { weight: 1, arbitrary: rare });
}

const back = fc.nat(6);
const outage = { what: fc.constantFrom("channel" as const, "system" as const) };
const isRare = rarely(fc.constant(false), fc.constant(true));

const command = {
  name: fc.oneof(
    { weight: 30, arbitrary: fc.constantFrom(...COMMANDS) },
    { weight: 1, arbitrary: fc.constantFrom(...ODD_COMMANDS) },
  ),
};

const doings: fc.Arbitrary<Doing> = fc.oneof(
  doing(9, "command", command),
  doing(5, "types", { ok: fc.boolean() }),
  doing(5, "taps", { back }),
  doing(2, "replies", { back, ok: fc.boolean() }),
  doing(1, "shares", { own: fc.boolean() }),
  doing(1, "sends", { what: fc.constantFrom(...(["photo", "voice", "location", "sticker"] as const)) }),
  doing(1, "blocks", {}),
  doing(1, "unblocks", {}),
);

const acts = deed(24, "acts", { doing: doings });
const told = deed(12, "told", {
  alias: fc.constantFrom(...COMMUNICATIONS),
  isHasty: isRare,
  hours: rarely(fc.constant(null), fc.constantFrom(1, 20)),
});

/** What people do, and what they are told. */
const talk: readonly fc.WeightedArbitrary<Deed>[] = [
  acts,
  told,
  deed(2, "at once", {
    doings: fc.array(doings, { minLength: 2, maxLength: 4 }),
    order: fc.constantFrom("forward" as const, "backward" as const),
  }),
  deed(1, "is on its way", { doing: doings }),
  deed(1, "belated", {}),
  deed(1, "meanwhile", { doing: doings }),
  deed(1, "repeated", { back }),
  deed(2, "told again", { back }),
  deed(1, "cancelled", { back }),
  deed(1, "many", {
    of: fc.oneof(deed(1, "acts", { doing: doing(1, "command", command).arbitrary }), told),
    // More than a conversation keeps of anything.
    times: rarely(fc.integer({ min: 2, max: 8 }), fc.constant(120)),
  }),
  deed(4, "call", { change: fc.constantFrom(...CHANGES), isLate: isRare }),
];

/** Time, and what goes wrong. */
const trouble: readonly fc.WeightedArbitrary<Deed>[] = [
  deed(10, "passes", {
    ms: fc.oneof(
      fc.constantFrom(1, SECOND, 5 * SECOND, 30 * SECOND, 5 * 60 * SECOND),
      fc.constantFrom(HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR),
      fc.constantFrom(12 * HOUR, DAY),
      fc.constantFrom(DAY + HOUR, 3 * DAY, 31 * DAY),
      fc.integer({ min: 1, max: DAY }),
    ),
  }),
  deed(3, "evicted", {}),
  deed(4, "crashes", { at: fc.nat(6), side: fc.constantFrom("before" as const, "after" as const) }),
  deed(4, "channel", {
    faults: fc.array(fc.constantFrom(...CHANNEL_FAULTS), { minLength: 1, maxLength: 4 }),
  }),
  deed(4, "fails", { what: fc.constantFrom(...FRAGILE), times: fc.integer({ min: 1, max: 4 }) }),
  deed(1, "breaks down", outage),
  deed(2, "is repaired", outage),
  deed(2, "quiet hours", { hours: fc.constantFrom("night" as const, "day" as const, null) }),
  deed(1, "daily limit", { most: fc.constantFrom(3, null) }),
  deed(1, "post", { isThere: fc.boolean() }),
  deed(2, "deploys", { what: fc.constantFrom("fewer steps" as const, "all steps" as const) }),
];

/** What happens to one conversation. */
export const script: fc.Arbitrary<Deed[]> = fc.array(fc.oneof(...talk, ...trouble), {
  minLength: 1,
  maxLength: 40,
  size: "max",
});
