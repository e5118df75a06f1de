import type { Act, Inbound } from "../../../contract/inbound.ts";
import type { Person } from "../../kit/person.ts";
import { alice } from "./bot/alice.ts";
import type { Doing } from "./deeds.ts";
import type { FireWorld } from "./fire-world.ts";
import type { Seat } from "./seat.ts";
import { stampsIn, type Trace } from "./trace.ts";

/** A messenger does not bring an update again after that. */
const BROUGHT_MS = 24 * 60 * 60 * 1000;

const MEDIA = {
  photo: { kind: "photo", fileId: "photo", width: 1, height: 1, caption: "" },
  voice: { kind: "voice", fileId: "voice", seconds: 1, caption: "" },
  location: { kind: "location", latitude: 1, longitude: 1 },
} as const;

/** What a person does in their chat, and how their messenger brings it. */
export class Hands {
  readonly #world: FireWorld;
  readonly #person: Person;
  readonly #seat: Seat;
  readonly #trace: Trace;
  readonly #updates: Inbound[] = [];
  /** When updates came first; milliseconds since 1970. */
  readonly #arrived = new Map<number, number>();

  constructor(world: FireWorld, person: Person, seat: Seat, trace: Trace) {
    this.#world = world;
    this.#person = person;
    this.#seat = seat;
    this.#trace = trace;
  }

  /** The update of something that the person does; absent where there is nothing to do it with. */
  does(doing: Doing, how = ""): Inbound | undefined {
    const act = this.#act(doing);
    if (!act) return undefined;
    const sender = { externalId: "1", firstName: "Alice", languageCode: "en" };
    const update = { updateId: this.#updates.length + 1, sender, act };
    this.#updates.push(update);
    this.#trace.add({ kind: "deed", what: `${update.updateId} ${inScript(act)} ${how}`.trim() });
    return update;
  }

  /** Updates arrive, and are worked off. */
  async brings(updates: readonly Inbound[]): Promise<void> {
    for (const update of updates) this.arrives(update);
    await this.#seat.works();
  }

  /** An update arrives. */
  arrives(update: Inbound): void {
    const { updateId, act } = update;
    if (!this.#arrived.has(updateId)) {
      const text = act.kind === "text" ? act.text : null;
      const [step, under] = [stepOf(act), this.#under(act)];
      this.#trace.add({ kind: "arrives", update: updateId, text, command: commandIn(act), step, under });
      this.#arrived.set(updateId, this.#world.clock.now());
    }
    this.#seat.takes(update);
  }

  /** An update that may come again; `back` counts from the newest. */
  known(back: number): Inbound | undefined {
    const since = this.#world.clock.now() - BROUGHT_MS;
    return nth(
      this.#updates.filter(({ updateId }) => (this.#arrived.get(updateId) ?? 0) > since),
      back,
    );
  }

  /** The stamp of the message that an act is about. */
  #under(act: Act): string | null {
    const message = this.#person.phone.shown.find(({ messageId, buttons }) =>
      act.kind === "tap"
        ? buttons.some((button) => "data" in button && button.data === act.data)
        : "replyTo" in act && act.replyTo === messageId,
    );
    return (message && stampsIn(message.text)[0]) ?? null;
  }

  #act(doing: Doing): Act | undefined {
    const { shown } = this.#person.phone;
    const text = (ok: boolean) => `words ${this.#updates.length + 1}${ok ? " ok" : ""}`;
    switch (doing.does) {
      case "types":
        return { kind: "text", text: text(doing.ok) };
      case "command":
        return { kind: "command", name: doing.name, argument: "" };
      case "taps": {
        const buttons = shown.flatMap((message) => message.buttons);
        const button = nth(buttons, doing.back);
        return button && "data" in button ? { kind: "tap", tapId: "tap", data: button.data } : undefined;
      }
      case "replies": {
        const message = nth(shown, doing.back);
        return message && { kind: "text", text: text(doing.ok), replyTo: message.messageId };
      }
      case "shares":
        return { kind: "contact", phone: alice.phone, own: doing.own };
      case "sends":
        return doing.what === "sticker" ? { kind: "other" } : { kind: "media", media: MEDIA[doing.what] };
      case "blocks":
        return { kind: "blocked" };
      case "unblocks":
        return { kind: "unblocked" };
    }
  }
}

/** One of a list, counted from its end. */
function nth<T>(list: readonly T[], back: number): T | undefined {
  return list.at(-1 - (back % Math.max(1, list.length)));
}

function commandIn(act: Act): string | null {
  if (act.kind === "command") return act.name;
  return act.kind === "tap" && act.data.startsWith("/") ? act.data.slice(1) : null;
}

/** The step that a tapped button leads to, as `buttonData` has it. */
function stepOf(act: Act): string | null {
  return act.kind === "tap" ? (act.data.split(":")[2] ?? null) : null;
}

function inScript(act: Act): string {
  switch (act.kind) {
    case "text":
      return act.replyTo === undefined
        ? `types "${act.text}"`
        : `replies "${act.text}" to message ${act.replyTo}`;
    case "command":
      return `types "/${act.name}"`;
    case "tap":
      return `taps ${act.data}`;
    case "contact":
      return act.own ? "shares her number" : "shares somebody's number";
    case "media":
      return `sends a ${act.media.kind}`;
    case "other":
      return "sends a sticker";
    default:
      return `has ${act.kind} the bot`;
  }
}
