import type { Inbound } from "../../../contract/inbound.ts";
import { alice } from "./bot/alice.ts";
import { withoutSteps } from "./bot/bot.ts";
import { Changes } from "./changes.ts";
import type { Befalling, Deed, Doing } from "./deeds.ts";
import { FireWorld } from "./fire-world.ts";
import { Hands } from "./hands.ts";
import { inWords } from "./narrative.ts";
import { Post } from "./post.ts";
import type { Ground, RunData } from "./scene.ts";
import { Seat, traitsOf } from "./seat.ts";
import { Standing } from "./standing.ts";
import { Trace } from "./trace.ts";

/** As long as anything that is planned may take. */
const LONG_MS = 40 * 24 * 60 * 60 * 1000;

/** Rings in a row without time passing: more is an alarm that goes on for ever. */
const MOST_RINGS = 100;

const QUIET_HOURS = { night: { from: "22:00", until: "09:00" }, day: { from: "11:00", until: "15:00" } };

/** What the person's tips are about. */
const POST = {
  postId: "1",
  authorId: "3",
  authorName: "",
  text: "",
  picture: null,
  url: "https://site.test",
};

/** One conversation with all that is around it. */
export class Stage {
  readonly trace: Trace;
  readonly #world: FireWorld;
  readonly #seat: Seat;
  readonly #hands: Hands;
  readonly #post: Post;
  readonly #changes: Changes;
  readonly #standing: Standing;
  readonly #bot;
  readonly #onTheirWay: Inbound[] = [];

  constructor() {
    const now = () => this.#world.clock.now();
    this.trace = new Trace(now);
    this.#standing = new Standing(now, () => this.#world.bot);
    const { trace } = this;
    const standing = this.#standing;
    const ground: Ground = { trace, standing, breaks: () => this.#world.fails("dialog") };
    this.#world = new FireWorld(ground);
    this.#bot = this.#world.dialogs;
    const person = this.#world.person({ firstName: "Alice", language: "en", phone: alice.phone });
    this.#seat = new Seat(this.#world, person, ground);
    this.#hands = new Hands(this.#world, person, this.#seat, trace);
    this.#post = new Post(this.#world, this.#seat, ground);
    this.#changes = new Changes(this.#world, this.#seat, ground);
    this.#world.system.users.push(alice);
    this.#world.system.posts.push(POST);
  }

  /** Alice signs in. */
  begins(): Promise<void> {
    return this.#acts({ does: "command", name: "start" });
  }

  /** Does what a script says. */
  async does(deed: Deed): Promise<void> {
    await this.#does(deed);
    this.trace.add({ kind: "sizes", ...this.#seat.sizes });
  }

  /**
   * Lets all trouble end, and as much time pass as anything may take; then the person comes back and asks for what was
   * kept.
   */
  async calms(): Promise<void> {
    this.#world.calms();
    await this.#does({ kind: "belated" });
    this.#tell("all is repaired, and a long time passes");
    await this.#passes(LONG_MS);
    this.trace.add({ kind: "calm", ...this.#seat.rest });
    const there = traitsOf(this.#world.directory.profileOf("1"));
    this.trace.add({ kind: "lead", here: this.#seat.traits, there, rightly: this.#standing.rightly });
    for (const name of ["menu", "back", "resume", "show"]) await this.#acts({ does: "command", name });
    await this.#passes(LONG_MS);
    this.trace.add({ kind: "calm", ...this.#seat.rest });
    this.#post.settles();
  }

  async #does(deed: Deed): Promise<void> {
    switch (deed.kind) {
      case "acts":
        return this.#acts(deed.doing);
      case "at once": {
        const updates = deed.doings.flatMap((doing) => this.#hands.does(doing) ?? []);
        this.#tell(`all at once${deed.order === "backward" ? ", the last first" : ""}:`);
        return this.#hands.brings(deed.order === "backward" ? updates.toReversed() : updates);
      }
      case "is on its way": {
        const update = this.#hands.does(deed.doing, "(on its way)");
        if (update) this.#onTheirWay.push(update);
        return;
      }
      case "belated":
        this.#tell("what was on its way arrives");
        await this.#changes.arrive();
        return this.#hands.brings(this.#onTheirWay.splice(0));
      case "meanwhile": {
        const update = this.#hands.does(deed.doing, "(while the next message leaves)");
        if (update) this.#world.meanwhile.push(() => this.#hands.arrives(update));
        return;
      }
      case "repeated": {
        const update = this.#hands.known(deed.back);
        this.#tell(`update ${update?.updateId} comes again`);
        return this.#hands.brings(update ? [update] : []);
      }
      case "told": {
        const more = `${deed.isHasty ? ", in haste" : ""}${deed.hours === null ? "" : `, for ${deed.hours} h`}`;
        this.#tell(`is told: ${deed.alias}${more}`);
        return this.#post.tells(deed.alias, this.#newRun(deed.alias), deed);
      }
      case "told again":
        return this.#tell(`is told again of ${await this.#post.doubles(deed.back)}`);
      case "cancelled":
        return this.#tell(`the call of ${this.#post.cancels(deed.back)} is cancelled`);
      case "many":
        for (let time = 0; time < deed.times; time += 1) await this.#does(deed.of);
        return;
      case "passes":
        this.#tell(`${inWords(deed.ms)} pass`);
        return this.#passes(deed.ms);
      case "call":
        return this.#changes.makes(deed);
      default:
        return this.#befalls(deed);
    }
  }

  /** What happens around the chat. */
  #befalls(deed: Befalling): void {
    const world = this.#world;
    switch (deed.kind) {
      case "evicted":
        this.#tell("the process is gone");
        this.#seat.isEvicted();
        break;
      case "crashes":
        this.#tell(`the process is to die ${deed.side} call ${deed.at} to the outside`);
        world.crashes.plan(deed);
        break;
      case "channel":
        this.#tell(`the messenger is about to be: ${deed.faults.join(", ")}`);
        world.faults.channel.push(...deed.faults);
        break;
      case "fails":
        this.#tell(`is about to fail ${deed.times} times: ${deed.what}`);
        world.faults.left.set(deed.what, deed.times);
        break;
      case "breaks down":
        this.#tell(`the ${deed.what} is out of order`);
        world.breaksDown(deed.what);
        break;
      case "is repaired":
        this.#tell(`the ${deed.what} works`);
        world.faults.outages.delete(deed.what);
        break;
      case "quiet hours":
        this.#tell(`quiet hours: ${deed.hours ?? "none"}`);
        world.bot = { ...world.bot, quietHours: deed.hours && QUIET_HOURS[deed.hours] };
        break;
      case "daily limit":
        this.#tell(`at most ${deed.most ?? "any number of"} calls a day`);
        world.bot = { ...world.bot, perPersonDaily: deed.most };
        break;
      case "post":
        this.#tell(deed.isThere ? "the post is there" : "the post is gone");
        this.trace.add({ kind: "post", isThere: deed.isThere });
        world.system.posts.splice(0, 1, ...(deed.isThere ? [POST] : []));
        break;
      case "deploys":
        this.#tell(`a deploy: ${deed.what}`);
        world.deploys(deed.what === "all steps" ? this.#bot : withoutSteps(this.#bot));
        this.#seat.isEvicted();
        break;
    }
  }

  async #acts(doing: Doing): Promise<void> {
    const update = this.#hands.does(doing);
    if (update) await this.#hands.brings([update]);
  }

  /** Moves the clock, and rings whoever is to be woken by then, at their time. */
  async #passes(ms: number): Promise<void> {
    const { clock } = this.#world;
    const until = clock.now() + ms;
    let rings = 0;
    for (let due = this.#wakesAt; due <= until; due = this.#wakesAt) {
      rings = due - clock.now() <= 1 ? rings + 1 : 0;
      if (rings > MOST_RINGS) return this.trace.add({ kind: "spins" });
      clock.move(Math.max(0, due - clock.now()));
      if (this.#seat.wakesAt !== null && this.#seat.wakesAt <= clock.now()) await this.#seat.works();
      await this.#changes.works();
      await this.#post.works();
    }
    clock.move(until - clock.now());
  }

  /** When there is something to be done; milliseconds since 1970. */
  get #wakesAt(): number {
    const times = [this.#seat.wakesAt, this.#post.wakesAt, this.#changes.wakesAt];
    return Math.min(...times.map((time) => time ?? Number.POSITIVE_INFINITY));
  }

  #newRun(alias: string): RunData {
    return { id: this.trace.mint(alias), n: 0, by: "itself", critical: false };
  }

  #tell(what: string): void {
    this.trace.add({ kind: "deed", what });
  }
}
