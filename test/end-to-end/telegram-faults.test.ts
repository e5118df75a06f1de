import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { outcomeOf } from "../world/api.ts";
import { type Person, wordsOf } from "../world/person.ts";
import type { Fault } from "../world/telegram.ts";
import { until } from "../world/until.ts";
import { startWorld, type World } from "../world/world.ts";

let world: World;
let alexander: Person;
let anna: Person;
let lev: Person;
let olga: Person;
/** A call that goes on while the other tests run. */
let hanging: { readonly callId: string };

beforeAll(async () => {
  world = await startWorld({ siteTells: false });
  [alexander, anna, lev, olga] = await Promise.all([
    world.person(127),
    world.person(1707),
    world.person(2),
    world.person(6),
  ]);
  await Promise.all([alexander, anna, lev, olga].map((one) => one.signIn()));
});
afterEach(() => world.telegram.well());
afterAll(() => world?.close());

/** Has the bot tell these people of a new post, while Telegram is in this trouble. */
async function tell(words: string, to: readonly Person[], fault?: Fault, imageUrl?: string) {
  const postId = await world.site.post(words, imageUrl === undefined ? {} : { imageUrl });
  if (fault) await world.telegram.fault(fault);
  return world.api.accepted("post/new", { postId, authorId: 3, userIds: to.map(({ id }) => id) });
}

/** Longer than the bot waits for an answer of Telegram, ms. */
const TOO_LONG = 25_000;
const SLOW = "Медленный адресат";

describe("when Telegram does not answer for one person", () => {
  it("brings everybody else this message and the next, while that one hangs", async () => {
    const slow = { method: "sendMessage", user: 6, delay_ms: TOO_LONG };
    const others = [lev, alexander, anna];
    await world.telegram.fault({ user: 2, method: "sendMessage", status: 502 });
    const began = Date.now();
    hanging = await tell(SLOW, [olga, ...others], slow);

    await Promise.all(others.map((one) => one.sees(SLOW)));
    const next = await tell("Следующая новость", others);
    await Promise.all(others.map((one) => one.sees("Следующая новость")));

    expect(Date.now() - began).toBeLessThan(TOO_LONG / 2);
    expect(await olga.count(SLOW)).toBe(0);
    expect((await world.api.untilFinished(next.callId)).states.sent).toBe(3);
  });
});

describe("when Telegram is in trouble", () => {
  it("brings a message once after Telegram asked to wait, and the ledger says sent", async () => {
    const words = "Просили подождать";
    const { callId } = await tell(words, [alexander, anna], {
      user: 127,
      method: "sendMessage",
      retry_after: 1,
    });

    const report = await world.api.untilFinished(callId);

    expect([outcomeOf(report, 127), outcomeOf(report, 1707)]).toEqual(["sent", "sent"]);
    await alexander.settle();
    expect(await alexander.count(words)).toBe(1);
  });

  it("keeps the order of what a person waits for behind a message that was put off", async () => {
    await world.telegram.fault({ user: 127, method: "sendMessage", retry_after: 1 });
    const after = await alexander.say("/menu");
    await alexander.say("/help");

    await alexander.sees("/logout", { after });

    const answers = (await alexander.heard()).filter((one) => one.message_id > after).map(wordsOf);
    expect(answers).toEqual([expect.stringContaining("Меню"), expect.stringContaining("/logout")]);
  });

  it("brings a message once after Telegram was out of order", async () => {
    const words = "Телеграм был нездоров";
    const { callId } = await tell(words, [alexander], { user: 127, method: "sendMessage", status: 502 });

    const report = await world.api.untilFinished(callId);

    expect(outcomeOf(report, 127)).toBe("sent");
    await alexander.settle();
    expect(await alexander.count(words)).toBe(1);
  });

  it("gives up at once on what Telegram will never take, and says so in the ledger", async () => {
    const description = "Bad Request: message is too strange";
    const { callId } = await tell("Не возьмут", [lev, anna], { user: 2, status: 400, description });

    const report = await world.api.untilFinished(callId);

    expect([outcomeOf(report, 2), outcomeOf(report, 1707)]).toEqual(["failed: channel-refused", "sent"]);
  });

  it("sends the words alone where the picture can't be fetched, and the ledger says so", async () => {
    const words = "Картинка потерялась";
    const { callId } = await tell(words, [anna], undefined, `${world.site.url}/pictures/404404`);

    const report = await world.api.untilFinished(callId);

    expect(outcomeOf(report, 1707)).toBe("sent: picture-missing");
    expect((await anna.sees(words)).photo).toBeUndefined();
    expect(await anna.count(words)).toBe(1);
  });

  for (const [drop, arrived] of [
    ["before", 0],
    ["after", 1],
  ] as const) {
    it(`never sends again what was cut off ${drop} it took effect: the ledger says uncertain`, async () => {
      const words = `Связь прервана, ${drop}`;
      const { callId } = await tell(words, [alexander, anna], { user: 127, method: "sendMessage", drop });

      const report = await world.api.untilFinished(callId);

      expect([outcomeOf(report, 127), outcomeOf(report, 1707)]).toEqual([
        "uncertain: connection-lost",
        "sent",
      ]);
      await alexander.settle();
      expect(await alexander.count(words)).toBe(arrived);
    });
  }
});

describe("when a person has blocked the bot", () => {
  it("finds out by sending, counts them as blocked from then on, and lets them in again when they write", async () => {
    const found = await tell("Узнаю при отправке", [lev, anna], { user: 2, status: 403 });
    const report = await world.api.untilFinished(found.callId);
    expect([outcomeOf(report, 2), outcomeOf(report, 1707)]).toEqual(["blocked: channel-blocked", "sent"]);

    const known = await tell("Уже знаю", [lev, anna]);
    expect(known.recipients).toEqual({ total: 2, queued: 1, paused: 0, unlinked: 0, blocked: 1 });

    await lev.settle();
    const again = await tell("Снова пишу", [lev, anna]);
    expect(again.recipients).toEqual({ total: 2, queued: 2, paused: 0, unlinked: 0, blocked: 0 });
    await lev.sees("Снова пишу");
    expect(await lev.count("Уже знаю")).toBe(0);
  });

  it("takes Telegram's word for a block and for its end", async () => {
    const blockedOf = async () => (await tell("Кто здесь", [lev])).recipients.blocked;

    await lev.block();
    await until("the block is known", blockedOf, (blocked) => blocked === 1);
    await lev.unblock();
    await until("the block is over", blockedOf, (blocked) => blocked === 0);

    await lev.sees("Кто здесь");
  });
});

describe("when Telegram has not answered for one person at all", () => {
  it("does not send again: the ledger says uncertain of them, and sent of the others", async () => {
    const report = await world.api.untilFinished(hanging.callId, TOO_LONG + 20_000);

    expect(outcomeOf(report, 6)).toBe("uncertain: connection-lost");
    expect([2, 127, 1707].map((id) => outcomeOf(report, id))).toEqual(["sent", "sent", "sent"]);
    // What the bot could not know: it did arrive, late.
    await olga.sees(SLOW);
    await olga.settle();
    expect(await olga.count(SLOW)).toBe(1);
  });
});
