import type { CrashPlan } from "../../kit/crashes.ts";
import type { ChannelFault, Fragile, Outage } from "./fire-world.ts";
import type { Manner } from "./post.ts";

/** What a person does in their chat; `back` counts from the newest. */
export type Doing =
  | { readonly does: "types"; readonly ok: boolean }
  | { readonly does: "command"; readonly name: string }
  | { readonly does: "taps"; readonly back: number }
  | { readonly does: "replies"; readonly back: number; readonly ok: boolean }
  | { readonly does: "shares"; readonly own: boolean }
  | { readonly does: "sends"; readonly what: "photo" | "voice" | "location" | "sticker" }
  | { readonly does: "blocks" }
  | { readonly does: "unblocks" };

/** What a call changes of the person. */
export const CHANGES = [
  "pause",
  "away",
  "resume",
  "update",
  "block",
  "unblock",
  "disconnect",
  "delete",
] as const;

/** Something that is done in a conversation under fire, or to it. */
export type Deed =
  | Act
  | Told
  /** Several updates are stored before the first is handled; "backward": the last that was sent comes first. */
  | {
      readonly kind: "at once";
      readonly doings: readonly Doing[];
      readonly order: "forward" | "backward";
    }
  /** An update is on its way; "belated" brings it. */
  | { readonly kind: "is on its way"; readonly doing: Doing }
  | { readonly kind: "belated" }
  /** An update comes while the next message leaves. */
  | { readonly kind: "meanwhile"; readonly doing: Doing }
  | { readonly kind: "repeated"; readonly back: number }
  | { readonly kind: "told again"; readonly back: number }
  | { readonly kind: "cancelled"; readonly back: number }
  | { readonly kind: "many"; readonly of: Act | Told; readonly times: number }
  | { readonly kind: "passes"; readonly ms: number }
  /** A call changes the person; "late": their chat learns of it with what is belated. */
  | { readonly kind: "call"; readonly change: (typeof CHANGES)[number]; readonly isLate: boolean }
  | Befalling;

/** The person does something. */
interface Act {
  readonly kind: "acts";
  readonly doing: Doing;
}

/** A call tells the person something. */
interface Told extends Manner {
  readonly kind: "told";
  readonly alias: string;
}

/** Something that happens around the chat, and sets nothing going. */
export type Befalling =
  | { readonly kind: "evicted" }
  | ({ readonly kind: "crashes" } & CrashPlan)
  | { readonly kind: "channel"; readonly faults: readonly ChannelFault[] }
  | { readonly kind: "fails"; readonly what: Fragile; readonly times: number }
  | { readonly kind: "breaks down"; readonly what: Outage }
  | { readonly kind: "is repaired"; readonly what: Outage }
  | { readonly kind: "quiet hours"; readonly hours: "night" | "day" | null }
  | { readonly kind: "daily limit"; readonly most: number | null }
  | { readonly kind: "post"; readonly isThere: boolean }
  | { readonly kind: "deploys"; readonly what: "fewer steps" | "all steps" };
