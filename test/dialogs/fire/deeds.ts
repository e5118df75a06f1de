import fc from "fast-check";
import type { CrashPlan } from "../../kit/crashes.ts";
import { CHANNEL_FAULTS, type ChannelFault, FRAGILE, type Fragile, type Outage } from "./fire-world.ts";

/** What a person does in their chat; `back` counts from the newest. */
export type Doing =
  | { readonly does: "types"; readonly ok: boolean }
  | { readonly does: "command"; readonly name: string }
  | { readonly does: "taps"; readonly back: number }
  | { readonly does: "replies"; readonly back: number; readonly ok: boolean }
  | { readonly does: "shares"; readonly own: boolean }
  | { readonly does: "sends"; readonly what: "photo" | "voice" | "location" | "sticker" }
  | { readonly does: "blocks" | "unblocks" };

/** What a call changes of the person. */
export const CHANGES = ["pause", "away", "resume", "update", "block", "unblock", "disconnect", "delete"] as const;

/** Something that happens to a conversation under fire. */
export type Deed =
  | { readonly kind: "acts"; readonly doing: Doing }
  /** Several updates are stored before the first is handled; "backward": the last that was sent comes first. */
  | { readonly kind: "at once"; readonly doings: readonly Doing[]; readonly order: "forward" | "backward" }
  /** An update is on its way; "belated" brings it. */
  | { readonly kind: "is on its way"; readonly doing: Doing }
  | { readonly kind: "belated" }
  /** An update comes while the next message leaves. */
  | { readonly kind: "meanwhile"; readonly doing: Doing }
  | { readonly kind: "repeated"; readonly back: number }
  | { readonly kind: "told"; readonly alias: string; readonly isHasty: boolean; readonly hours: number | null }
  | { readonly kind: "told again"; readonly back: number }
  | { readonly kind: "cancelled"; readonly back: number }
  | { readonly kind: "many"; readonly of: Doing | { readonly does: "told"; readonly alias: string }; readonly times: number }
  | { readonly kind: "passes"; readonly ms: number }
  | { readonly kind: "evicted" }
  | ({ readonly kind: "crashes" } & CrashPlan)
  | { readonly kind: "channel"; readonly faults: readonly ChannelFault[] }
  | { readonly kind: "fails"; readonly what: Fragile; readonly times: number }
  | { readonly kind: "breaks down" | "is repaired"; readonly what: Outage }
  | { readonly kind: "quiet hours"; readonly hours: "night" | "day" | null }
  | { readonly kind: "call"; readonly change: (typeof CHANGES)[number]; readonly isLate: boolean }
  | { readonly kind: "daily limit"; readonly most: number | null }
  | { readonly kind: "post"; readonly isThere: boolean }
  | { readonly kind: "deploys"; readonly what: "fewer steps" | "all steps" };

const COMMANDS = [
  ..."menu ask pick phone long nap remind forget many start logout pause away resume show".split(" "),
  ..."operator back red blue call begin shaky try work swap place".split(" "),
];

const COMMUNICATIONS = "news siren post reading double mute planner survey alarm chain dream nightmare".split(" ");

const SECOND = 1000;
const HOUR = 60 * 60 * SECOND;
const DAY = 24 * HOUR;

const back = fc.nat(6);
const rarely = fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) });
const commands: fc.Arbitrary<Doing> = fc.record({
  does: fc.constant("command" as const),
  name: fc.oneof({ weight: 30, arbitrary: fc.constantFrom(...COMMANDS) }, { weight: 1, arbitrary: fc.constantFrom("circle", "nosuch") }),
});
const doing: fc.Arbitrary<Doing> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ does: fc.constant("types" as const), ok: fc.boolean() }) },
  { weight: 9, arbitrary: commands },
  { weight: 5, arbitrary: fc.record({ does: fc.constant("taps" as const), back }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("replies" as const), back, ok: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("shares" as const), own: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant("sends" as const),
      what: fc.constantFrom("photo" as const, "voice" as const, "location" as const, "sticker" as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constantFrom("blocks" as const, "unblocks" as const) }) },
);

/** What people do, and what they are told. */
const talking: fc.WeightedArbitrary<Deed>[] = [
  { weight: 24, arbitrary: fc.record({ kind: fc.constant("acts" as const), doing }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("at once" as const),
      doings: fc.array(doing, { minLength: 2, maxLength: 4 }),
      order: fc.constantFrom("forward" as const, "backward" as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("is on its way" as const), doing }) },
  { weight: 1, arbitrary: fc.constant({ kind: "belated" as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("meanwhile" as const), doing }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("repeated" as const), back }) },
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant("told" as const),
      alias: fc.constantFrom(...COMMUNICATIONS),
      isHasty: rarely,
      hours: fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.constantFrom(1, 20) }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("told again" as const), back }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("cancelled" as const), back }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("many" as const),
      of: fc.oneof(
        commands,
        fc.record({ does: fc.constant("told" as const), alias: fc.constantFrom(...COMMUNICATIONS) }),
      ),
      times: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 2, max: 8 }) }, { weight: 1, arbitrary: fc.constant(120) }),
    }),
  },
];

/** Time, and what goes wrong. */
const troubles: fc.WeightedArbitrary<Deed>[] = [
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant("passes" as const),
      ms: fc.oneof(
        fc.constantFrom(1, SECOND, 5 * SECOND, 30 * SECOND, 5 * 60 * SECOND),
        fc.constantFrom(HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR),
        fc.constantFrom(12 * HOUR, DAY),
        fc.constantFrom(DAY + HOUR, 3 * DAY, 31 * DAY),
        fc.integer({ min: 1, max: DAY }),
      ),
    }),
  },
  { weight: 3, arbitrary: fc.constant({ kind: "evicted" as const }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("crashes" as const),
      at: fc.nat(6),
      side: fc.constantFrom("before" as const, "after" as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("channel" as const),
      faults: fc.array(fc.constantFrom(...CHANNEL_FAULTS), { minLength: 1, maxLength: 4 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("fails" as const),
      what: fc.constantFrom(...FRAGILE),
      times: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("breaks down" as const),
      what: fc.constantFrom("channel" as const, "system" as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("is repaired" as const),
      what: fc.constantFrom("channel" as const, "system" as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("quiet hours" as const),
      hours: fc.constantFrom("night" as const, "day" as const, null),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("call" as const), change: fc.constantFrom(...CHANGES), isLate: rarely }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("daily limit" as const), most: fc.constantFrom(3, null) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("post" as const), isThere: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("deploys" as const),
      what: fc.constantFrom("fewer steps" as const, "all steps" as const),
    }),
  },
];

/** What happens to one conversation. */
export const script: fc.Arbitrary<Deed[]> = fc.array(fc.oneof(...talking, ...troubles), {
  minLength: 1,
  maxLength: 40,
  size: "max",
});
