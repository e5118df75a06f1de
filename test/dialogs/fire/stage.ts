import type { Act, Inbound } from "../../../contract/inbound.ts";
import { FOREVER } from "../../../contract/lead.ts";
import type { LeadNews, PersonChange } from "../../../contract/person-change.ts";
import type { Person } from "../../kit/person.ts";
import { alice } from "./bot/alice.ts";
import { withoutSteps } from "./bot/bot.ts";
import type { Deed, Doing } from "./deeds.ts";
import { FireWorld } from "./fire-world.ts";
import { Post } from "./post.ts";
import type { Ground, RunData } from "./scene.ts";
import { Seat, traitsOf } from "./seat.ts";
import { Standing } from "./standing.ts";
import { Trace } from "./trace.ts";

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** As long as anything that is planned may take. */
const LONG = 40 * DAY;

/** Rings in a row without time passing: more is an alarm that goes on for ever. */
const MOST_RINGS = 100;

/** How long a call waits until the chat knows what it changed; then it is made again. */
const NEWS_MS = 10_000;

/** News of a change on their way to the conversation. */
interface News {
  readonly news: LeadNews;
  /** The pause that it set, or `null` where it ended one; absent where it did neither. */
  readonly until: number | null | undefined;
  /** When the change was made, or is to be told once more; milliseconds since 1970. */
  readonly at: number;
  readonly isJustMade: boolean;
}

const NIGHT = { from: "22:00", until: "09:00" };
const NOON = { from: "11:00", until: "15:00" };

/** One conversation with all that is around it. */
export class Stage {
  readonly trace: Trace;
  readonly #world: FireWorld;
  readonly #person: Person;
  readonly #seat: Seat;
  readonly #post: Post;
  readonly #standing: Standing;
  readonly #bot;
  readonly #updates: Inbound[] = [];
  readonly #onTheirWay: Inbound[] = [];
  readonly #lateNews: News[] = [];
  readonly #newsAgain: News[] = [];
  /** When updates came first. */
  readonly #arrived = new Map<number, number>();

  constructor() {
    const now = () => this.#world.clock.now();
    this.trace = new Trace(now);
    this.#standing = new Standing(now, () => this.#world.bot);
    const { trace } = this;
    const standing = this.#standing;
    const ground: Ground = { trace, standing, breaks: () => this.#world.fails("dialog") };
    this.#world = new FireWorld(ground);
    this.#bot = this.#world.dialogs;
    this.#person = this.#world.person({ firstName: "Alice", language: "en", phone: alice.phone });
    this.#seat = new Seat(this.#world, this.#person, ground);
    this.#post = new Post(this.#world, this.#seat, ground);
    this.#world.system.users.push(alice);
    this.#post1(true);
  }

  /** Alice signs in. */
  async begins(): Promise<void> {
    await this.#hears([this.#update({ kind: "command", name: "start", argument: "" })]);
  }

  /** Does what a script says. */
  async does(deed: Deed): Promise<void> {
    await this.#does(deed);
    this.trace.add({ kind: "sizes", ...this.#seat.sizes });
  }

  /** Lets all trouble end, and as much time pass as anything may take; then the person comes back and asks for what was kept. */
  async calms(): Promise<void> {
    this.#world.calms();
    await this.#does({ kind: "belated" });
    this.#deed("all is repaired, and a long time passes");
    await this.#passes(LONG);
    this.trace.add({ kind: "calm", ...this.#seat.rest });
    const { here, there } = this.#lead();
    this.trace.add({ kind: "lead", here, there, rightly: this.#standing.rightly });
    for (const name of ["menu", "back", "resume", "show"]) await this.#acts({ does: "command", name });
    await this.#passes(LONG);
    this.trace.add({ kind: "calm", ...this.#seat.rest });
    this.#post.settles();
  }

  #lead() {
    return { here: this.#seat.traits, there: traitsOf(this.#world.directory.profileOf("1")) };
  }

  async #does(deed: Deed): Promise<void> {
    switch (deed.kind) {
      case "acts":
        return this.#acts(deed.doing);
      case "at once": {
        const updates = deed.doings.flatMap((doing) => this.#doing(doing) ?? []);
        this.#deed(`all at once${deed.order === "backward" ? ", the last first" : ""}:`);
        return this.#hears(deed.order === "backward" ? updates.toReversed() : updates);
      }
      case "is on its way": {
        const update = this.#doing(deed.doing, "(on its way)");
        if (update) this.#onTheirWay.push(update);
        return;
      }
      case "belated":
        this.#deed("what was on its way arrives");
        for (const news of this.#lateNews.splice(0)) await this.#learns(news);
        return this.#hears(this.#onTheirWay.splice(0));
      case "meanwhile": {
        const update = this.#doing(deed.doing, "(while the next message leaves)");
        if (update) this.#world.meanwhile.push(() => this.#takes(update));
        return;
      }
      case "repeated": {
        const since = this.#world.clock.now() - DAY;
        const known = this.#updates.filter(({ updateId }) => (this.#arrived.get(updateId) ?? 0) > since);
        const update = nth(known, deed.back);
        this.#deed(`update ${update?.updateId} comes again`);
        return this.#hears(update ? [update] : []);
      }
      case "told":
        this.#deed(`is told: ${deed.alias}${deed.isHasty ? ", in haste" : ""}${deed.hours ? `, for ${deed.hours} h` : ""}`);
        return this.#post.tells(deed.alias, this.#newRun(deed.alias), deed);
      case "told again":
        return this.#deed(`is told again of ${await this.#post.doubles(deed.back)}`);
      case "cancelled":
        return this.#deed(`the call of ${this.#post.cancels(deed.back)} is cancelled`);
      case "many":
        for (let time = 0; time < deed.times; time += 1) {
          if (deed.of.does === "told") await this.#does({ kind: "told", alias: deed.of.alias, isHasty: false, hours: null });
          else await this.#acts(deed.of);
        }
        return;
      case "passes":
        this.#deed(`${inWords(deed.ms)} pass`);
        return this.#passes(deed.ms);
      default:
        return this.#befalls(deed);
    }
  }

  /** What happens without anybody in the chat. */
  async #befalls(deed: Exclude<Deed, { kind: "acts" | "at once" | "is on its way" | "belated" | "meanwhile" | "repeated" | "told" | "told again" | "cancelled" | "many" | "passes" }>): Promise<void> {
    const { faults } = this.#world;
    switch (deed.kind) {
      case "evicted":
        this.#deed("the process is gone");
        return this.#seat.isEvicted();
      case "crashes":
        this.#deed(`the process is to die ${deed.side} call ${deed.at} to the outside`);
        return this.#world.crashes.plan(deed);
      case "channel":
        this.#deed(`the messenger is about to be: ${deed.faults.join(", ")}`);
        faults.channel.push(...deed.faults);
        return;
      case "fails":
        this.#deed(`is about to fail ${deed.times} times: ${deed.what}`);
        faults.left.set(deed.what, deed.times);
        return;
      case "breaks down":
        this.#deed(`the ${deed.what} is out of order`);
        return this.#world.breaksDown(deed.what);
      case "is repaired":
        this.#deed(`the ${deed.what} works`);
        faults.outages.delete(deed.what);
        return;
      case "quiet hours":
        this.#deed(`quiet hours: ${deed.hours ?? "none"}`);
        this.#world.bot = { ...this.#world.bot, quietHours: { night: NIGHT, day: NOON, null: null }[`${deed.hours}`] };
        return;
      case "daily limit":
        this.#deed(`at most ${deed.most ?? "any number of"} calls a day`);
        this.#world.bot = { ...this.#world.bot, perPersonDaily: deed.most };
        return;
      case "call":
        return this.#changes(deed.change, deed.isLate);
      case "post":
        this.#deed(deed.isThere ? "the post is there" : "the post is gone");
        this.trace.add({ kind: "post", isThere: deed.isThere });
        return this.#post1(deed.isThere);
      case "deploys":
        this.#deed(`a deploy: ${deed.what}`);
        this.#world.deploys(deed.what === "all steps" ? this.#bot : withoutSteps(this.#bot));
        return this.#seat.isEvicted();
    }
  }

  async #changes(name: Extract<Deed, { kind: "call" }>["change"], isLate: boolean): Promise<void> {
    const now = this.#world.clock.now();
    const { userId } = alice;
    const changes: Readonly<Record<typeof name, PersonChange>> = {
      pause: { kind: "pause", userId, until: now + 5 * HOUR },
      away: { kind: "pause", userId, until: FOREVER },
      resume: { kind: "resume", userId },
      update: { kind: "update", userId, fields: { firstName: `Alice ${now}` } },
      block: { kind: "block", userId, reason: "" },
      unblock: { kind: "unblock", userId },
      disconnect: { kind: "disconnect", userId },
      delete: { kind: "delete", userId },
    };
    const change = changes[name];
    this.#deed(`a call changes: ${name}${isLate ? "; the chat learns of it later" : ""}`);
    const until = { pause: now + 5 * HOUR, away: FOREVER, resume: null }[name as string];
    for (const news of this.#world.directory.makeChange(change)) {
      if (until !== undefined) this.#standing.changesPause();
      const one = { news, until, at: now, isJustMade: true };
      if (isLate) this.#lateNews.push(one);
      else await this.#learns(one, isLate);
    }
  }

  /** The conversation is told of a change, again and again until it knows. */
  async #learns({ news, until, at, isJustMade }: News, isLate = true): Promise<void> {
    const now = this.#world.clock.now();
    const { pausedUntil: _, ...changed } = news;
    const isNow = isJustMade && now - at < NEWS_MS;
    if (!(await this.#seat.learns(isNow ? news : changed)))
      return void this.#newsAgain.push({ news, until, at: now + NEWS_MS, isJustMade: false });
    if (until === undefined) return;
    // Of what was wanted meanwhile nobody can say whether it was before or after that.
    if (isLate) this.#standing.changesPause();
    else this.#standing.paused(until);
  }

  #post1(isThere: boolean): void {
    const { posts } = this.#world.system;
    posts.length = 0;
    const post = { postId: "1", authorId: "3", authorName: "", text: "", picture: null, url: "https://site.test" };
    if (isThere) posts.push(post);
  }

  async #acts(doing: Doing): Promise<void> {
    const update = this.#doing(doing);
    if (update) await this.#hears([update]);
  }

  /** An update of what the person does; absent where there is nothing to do it with. */
  #doing(doing: Doing, how = ""): Inbound | undefined {
    const act = this.#act(doing);
    if (!act) return undefined;
    const update = this.#update(act);
    this.#deed(`${update.updateId} ${inScript(act)} ${how}`.trim());
    return update;
  }

  #update(act: Act): Inbound {
    const sender = { externalId: "1", firstName: "Alice", languageCode: "en" };
    const update = { updateId: this.#updates.length + 1, sender, act };
    this.#updates.push(update);
    return update;
  }

  #act(doing: Doing): Act | undefined {
    const { phone } = this.#person;
    const text = (ok: boolean) => `words ${this.#updates.length + 1}${ok ? " ok" : ""}`;
    switch (doing.does) {
      case "types":
        return { kind: "text", text: text(doing.ok) };
      case "command":
        return { kind: "command", name: doing.name, argument: "" };
      case "taps": {
        const button = nth(phone.shown.flatMap(({ buttons }) => buttons), doing.back);
        return button && "data" in button ? { kind: "tap", tapId: "tap", data: button.data } : undefined;
      }
      case "replies": {
        const replyTo = nth(phone.shown, doing.back)?.messageId;
        return replyTo === undefined ? undefined : { kind: "text", text: text(doing.ok), replyTo };
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

  async #hears(updates: readonly Inbound[]): Promise<void> {
    for (const update of updates) this.#takes(update);
    await this.#seat.works();
  }

  #takes(update: Inbound): void {
    if (!this.#arrived.has(update.updateId)) {
      const text = update.act.kind === "text" ? update.act.text : null;
      this.trace.add({ kind: "arrives", update: update.updateId, text, command: commandIn(update.act) });
      this.#arrived.set(update.updateId, this.#world.clock.now());
    }
    this.#seat.takes(update);
  }

  /** Moves the clock, and rings whoever is to be woken by then, at their time. */
  async #passes(ms: number): Promise<void> {
    const { clock } = this.#world;
    const until = clock.now() + ms;
    let rings = 0;
    for (;;) {
      const due = earliest([this.#seat.wakesAt, this.#post.wakesAt, ...this.#newsAgain.map(({ at }) => at)]);
      if (due > until) break;
      rings = due - clock.now() <= 1 ? rings + 1 : 0;
      if (rings > MOST_RINGS) return this.trace.add({ kind: "spins" });
      clock.move(Math.max(0, due - clock.now()));
      if (earliest([this.#seat.wakesAt]) <= clock.now()) await this.#seat.works();
      for (const news of this.#newsAgain.splice(0)) {
        if (news.at <= clock.now()) await this.#learns(news);
        else this.#newsAgain.push(news);
      }
      await this.#post.works();
    }
    clock.move(until - clock.now());
  }

  #newRun(alias: string): RunData {
    return { id: this.trace.mint(alias), n: 0, by: "itself", critical: false };
  }

  #deed(what: string): void {
    this.trace.add({ kind: "deed", what });
  }
}

const MEDIA = {
  photo: { kind: "photo", fileId: "photo", width: 1, height: 1, caption: "" },
  voice: { kind: "voice", fileId: "voice", seconds: 1, caption: "" },
  location: { kind: "location", latitude: 1, longitude: 1 },
} as const;

function earliest(times: readonly (number | null)[]): number {
  return Math.min(...times.map((time) => time ?? Number.POSITIVE_INFINITY));
}

/** One of a list, counted from its end. */
function nth<T>(list: readonly T[], back: number): T | undefined {
  return list.at(-1 - (back % Math.max(1, list.length)));
}

function commandIn(act: Act): string | null {
  if (act.kind === "command") return act.name;
  return act.kind === "tap" && act.data.startsWith("/") ? act.data.slice(1) : null;
}

function inScript(act: Act): string {
  switch (act.kind) {
    case "text":
      return act.replyTo === undefined ? `types "${act.text}"` : `replies "${act.text}" to message ${act.replyTo}`;
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

function inWords(ms: number): string {
  const units = [["day", DAY], ["h", HOUR], ["min", 60_000], ["s", 1000], ["ms", 1]] as const;
  const words = units.map(([unit, size], at) => {
    const count = Math.floor((at === 0 ? ms : ms % (units[at - 1]?.[1] ?? 1)) / size);
    return count > 0 ? `${count} ${unit}` : "";
  });
  return words.filter(Boolean).join(" ");
}
