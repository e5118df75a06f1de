import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outcomeOf, type Report } from "../world/api.ts";
import { buttonsOf, type Message, type Person, wordsOf } from "../world/person.ts";
import { startWorld, type World } from "../world/world.ts";

let world: World;
let alexander: Person;

beforeAll(async () => {
  world = await startWorld({ siteTells: false });
  alexander = await world.person(127);
  await alexander.signIn();
});
afterAll(() => world?.close());

/** The clock of the demo bot. */
const IN_MOSCOW = new Intl.DateTimeFormat("ru", {
  timeZone: "Europe/Moscow",
  hour: "numeric",
  minute: "2-digit",
});

/** Asks for quiet on the phone, by one of the choices; the bot's confirmation. */
async function pauseFor(choice: string): Promise<Message> {
  const after = await alexander.say("/pause");
  const offered = await alexander.sees("На сколько мне замолчать?", { after });
  await alexander.tap(choice, offered.message_id);
  return alexander.sees("не побеспокою вас", { after });
}

/** Comes back, and wants nothing of what was kept. */
async function comeBack(): Promise<void> {
  const after = await alexander.say("/resume");
  const review = await alexander.sees("Пока было тихо", { after });
  await alexander.tap("Не нужно", review.message_id);
  await alexander.sees("показывать не буду", { after });
}

/** A post of the site, of which Alexander is told by a call of its own. */
async function tellOf(text: string) {
  const postId = await world.site.post(text);
  const called = await world.api.accepted("post/new", { postId, authorId: 3, userIds: [127] });
  return { postId, ...called };
}

const isOver = ({ finishedAt }: Report) => finishedAt !== null;

/** What came after a message, without the markup. */
const since = async ({ message_id }: Message) =>
  (await alexander.heard()).filter((one) => one.message_id > message_id).map(wordsOf);

describe("a pause on the phone", () => {
  it("is offered for an hour, until the morning, for a week or for good, and confirmed with its end", async () => {
    const after = await alexander.say("/pause");

    const offered = await alexander.sees("На сколько мне замолчать?", { after });
    expect(buttonsOf(offered)).toEqual(["На час", "До завтрашнего утра", "На неделю", "Пока не вернусь"]);
    await alexander.tap("До завтрашнего утра", offered.message_id);

    const confirmed = await alexander.sees("не побеспокою вас", { after });
    expect(wordsOf(confirmed)).toMatch(/не побеспокою вас до завтра, 0?9:00/);
    expect(buttonsOf(confirmed)).toEqual(["Снять паузу"]);
    const menu = await alexander.say("/menu");
    const paused = await alexander.sees("сейчас пауза до", { after: menu });
    expect(buttonsOf(paused)).toContain("Снять паузу");
    await alexander.tap("Снять паузу", paused.message_id);
    await alexander.sees("С возвращением, Александр!", { after });
  });

  it("keeps what comes meanwhile; the ledger says so, the call ends, and the review shows it in order", async () => {
    const confirmed = await pauseFor("Пока не вернусь");
    const first = await tellOf("Яблоки поспели");
    const second = await tellOf("Приехал Дельвиг");
    const params = { postId: first.postId, authorId: 3, comment: "Привезу корзину", userIds: [127] };
    const third = await world.api.accepted("comment/new", params);

    for (const { callId, recipients } of [first, second, third]) {
      expect(recipients).toMatchObject({ total: 1, queued: 0, paused: 1 });
      expect(outcomeOf(await world.api.untilReport(callId, isOver), 127)).toBe("deferred: paused");
    }
    expect(await since(confirmed)).toEqual([]);

    const after = await alexander.say("/resume");
    const greeting = await alexander.sees("С возвращением, Александр!", { after });
    expect(buttonsOf(greeting)).toContain("Пауза");
    const review = await alexander.sees("Пока было тихо", { after });
    expect(wordsOf(review)).toContain("• Новые записи: 2\n• Комментарии: 1");
    await alexander.tap("Показать", review.message_id);

    await alexander.sees("Привезу корзину", { after });
    const shown = (await since(review)).join("\n");
    expect(shown).toMatch(/Яблоки поспели[\s\S]*Приехал Дельвиг[\s\S]*Привезу корзину/);
    for (const { callId } of [first, second, third]) {
      const report = await world.api.untilReport(callId, ({ states }) => states.sent === 1);
      expect(outcomeOf(report, 127)).toBe("sent");
    }
  });

  it("forgets what is not wanted: nothing comes, and the ledger says that it never will", async () => {
    await pauseFor("На час");
    const { callId } = await tellOf("Не покажут");
    await world.api.untilReport(callId, isOver);

    await comeBack();

    const report = await world.api.untilReport(callId, ({ states }) => (states.deferred ?? 0) === 0);
    expect(outcomeOf(report, 127)).toBe("expired: not-wanted");
    await alexander.settle();
    expect(await alexander.count("Не покажут")).toBe(0);
  });

  it("lets through what is critical", async () => {
    const confirmed = await pauseFor("На неделю");
    const { callId } = await tellOf("Это подождёт");
    await world.api.untilReport(callId, isOver);

    const params = { requestId: 2, userId: 127, text: "Сургуч красный?", authorName: "Лев" };
    const { recipients } = await world.api.accepted("request/message", params);

    expect(recipients).toMatchObject({ total: 1, queued: 1, paused: 0 });
    await alexander.sees("Сургуч красный?", { after: confirmed.message_id });
    expect(await alexander.count("Это подождёт")).toBe(0);
    await comeBack();
  });
});

describe("a pause by the API", () => {
  const pause = async (until: string | null) =>
    (await world.api.call("users/pause", { userId: 127, until })).body;

  it("is confirmed in the chat, keeps what comes, and ends by users/resume with the review", async () => {
    const before = await alexander.say("/resume");
    await alexander.sees("Паузы и так нет", { after: before });

    expect(await pause(null)).toMatchObject({ success: true, recipients: { total: 1, queued: 1 } });
    const confirmed = await alexander.sees("пока вы сами не вернётесь", { after: before });
    const { callId, recipients } = await tellOf("Пока его нет");
    expect(recipients).toMatchObject({ total: 1, queued: 0, paused: 1 });
    await world.api.untilReport(callId, isOver);

    const resumed = (await world.api.call("users/resume", { userId: 127 })).body;
    expect(resumed).toMatchObject({ success: true, recipients: { total: 1, queued: 1 } });
    const after = confirmed.message_id;
    await alexander.sees("С возвращением, Александр!", { after });
    const review = await alexander.sees("Пока было тихо", { after });
    await alexander.tap("Показать", review.message_id);
    await alexander.sees("Пока его нет", { after });
  });

  it("tells nobody a second time, neither of the pause nor of its end", async () => {
    const end = Date.now() + 3 * 60 * 60_000;
    const until = new Date(end).toISOString();
    const before = await alexander.say("/help");
    expect(await pause(until)).toMatchObject({ recipients: { queued: 1 } });
    const confirmed = await alexander.sees("не побеспокою вас до", { after: before });
    expect(wordsOf(confirmed)).toContain(IN_MOSCOW.format(end));

    expect(await pause(until)).toEqual({ success: true });
    await world.api.accepted("users/resume", { userId: 127 });
    const greeting = await alexander.sees("С возвращением, Александр!", { after: before });
    expect((await world.api.call("users/resume", { userId: 127 })).body).toEqual({ success: true });

    await alexander.settle();
    const words = (await since({ ...greeting, message_id: before })).join("\n");
    expect(words.match(/не побеспокою/g)).toHaveLength(1);
    expect(words.match(/С возвращением/g)).toHaveLength(1);
  });

  it("ends by itself when its time has come", async () => {
    const before = await alexander.say("/help");

    await pause(new Date(Date.now() + 3_000).toISOString());

    await alexander.sees("С возвращением, Александр!", { after: before });
  });

  it("can't last until a time that is none", async () => {
    expect(await pause("завтра")).toMatchObject({ success: false, errorCode: 422 });
  });
});
