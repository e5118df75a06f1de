import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Delivery } from "../../contract/delivery.ts";
import { conversationName } from "../../contract/lead.ts";
import { botsIn } from "../../schema/bot-settings.ts";
import { database } from "../../schema/database.ts";
import { directoryIn } from "../../schema/directory.ts";
import { call, demo, messageOf, push, signIn, tap } from "../workers/demo.ts";
import { type Left, Network, telegramRefuses } from "../workers/network.ts";

let network: Network;

beforeEach(async () => {
  network = new Network();
  await demo(network);
});

const conversation = (externalId: string) =>
  env.CONVERSATIONS.getByName(conversationName({ botId: "1", channel: "telegram", externalId }));

const sees = (chat: number, text: string) =>
  vi.waitUntil(() => network.texts(chat).some((one) => one.includes(text)), { timeout: 15_000 });

/** The process is gone in the middle of whatever it does, and a new one finds the rows. */
async function crash(externalId: string): Promise<void> {
  await runInDurableObject(conversation(externalId), (_, state) => state.abort("crash")).catch(() => {});
}

/** Holds the requests that `which` finds, until they are let go. */
function hold(which: (request: Left) => boolean) {
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let held = 0;
  network.answerers.unshift((request) => {
    if (!which(request)) return undefined;
    held += 1;
    return gate.then(() => Response.json({ ok: true, result: { message_id: 900 } }));
  });
  return { letGo, isHolding: () => vi.waitUntil(() => held > 0, { timeout: 15_000 }) };
}

const commentNew = { postId: 1, authorId: 3, commentAuthorId: 1707, comment: "Ура!", userIds: [127] };

describe("a conversation that is evicted", () => {
  it("goes on at every point of a dialog as if nothing had been", async () => {
    const evict = () => evictDurableObject(conversation("127"));
    await push(messageOf(127, { text: "/start" }));
    await sees(127, "Здравствуйте");
    await evict();
    await push(messageOf(127, { contact: { phone_number: "79180000127", user_id: 127 } }));
    await sees(127, "Меню");
    await evict();
    await call("comment/new", commentNew);
    await sees(127, "комментирует");
    await evict();
    await tap(127, "Ответить", network);
    await sees(127, "Напишите ваш ответ");
    await evict();
    await push(messageOf(127, { text: "Поздравляю!" }));
    await sees(127, "Готово");

    const texts = network.texts(127).filter((text) => text !== "");
    expect(new Set(texts).size).toBe(texts.length);
    const comments = network.left.filter(({ url }) => url.pathname.endsWith("/comments"));
    expect(comments.map(({ body }) => body)).toEqual([{ authorId: 127, text: "Поздравляю!" }]);
  });
});

describe("a conversation that crashes", () => {
  it("while a message is on its way never sends it again, and goes on after it", async () => {
    await signIn(127, network);
    const menu = hold(({ body }) => String(body.text).includes("<b>Меню</b>"));
    await push(messageOf(127, { text: "/menu" }));
    await menu.isHolding();

    await crash("127");
    const before = network.texts(127).filter((text) => text.includes("<b>Меню</b>")).length;
    await runDurableObjectAlarm(conversation("127"));
    await push(messageOf(127, { text: "/help" }));

    await sees(127, "/logout");
    expect(network.texts(127).filter((text) => text.includes("<b>Меню</b>"))).toHaveLength(before);
  });

  it("while the main system is asked to write repeats the request with the same key", async () => {
    await signIn(127, network);
    await call("comment/new", commentNew);
    await sees(127, "комментирует");
    await tap(127, "Ответить", network);
    await sees(127, "Напишите ваш ответ");
    const keys: (string | null)[] = [];
    const stubbed = globalThis.fetch;
    vi.stubGlobal("fetch", (input: RequestInfo | URL, init?: RequestInit) => {
      const request = new Request(input, init);
      if (!request.url.endsWith("/comments")) return stubbed(request);
      keys.push(request.headers.get("idempotency-key"));
      return keys.length === 1 ? new Promise(() => {}) : stubbed(request);
    });
    await push(messageOf(127, { text: "Поздравляю!" }));
    await vi.waitUntil(() => keys.length === 1, { timeout: 15_000 });

    await crash("127");
    await runDurableObjectAlarm(conversation("127"));

    await sees(127, "Готово");
    expect(keys).toHaveLength(2);
    expect(keys[0]).toBe(keys[1]);
  });

  it("right after it took an update answers it all the same", async () => {
    await signIn(127, network);
    const update = messageOf(127, { text: "/help" });
    const gate = hold(({ body }) => String(body.text).includes("<b>Меню</b>"));
    await push(messageOf(127, { text: "/menu" }));
    await gate.isHolding();
    await push(update);

    await crash("127");
    await runDurableObjectAlarm(conversation("127"));

    await sees(127, "/logout");
  });
});

/** Somebody of each test's own: a chat takes but one message a second. */
let alice = 3000;

describe("a delivery", () => {
  const news = () => network.texts(alice).filter((text) => text.includes("Мы переезжаем"));
  const saysNews = ({ url, body }: Left) =>
    url.host === "telegram.test" && String(body.text).includes("Мы переезжаем");

  beforeEach(async () => {
    alice += 1;
    await signIn(alice, network);
  });

  it("that is handed over twice, also at the same time, arrives once", async () => {
    const delivery = await deliveryOf("call-1");

    const both = await Promise.all([
      conversation(String(alice)).begin(delivery),
      conversation(String(alice)).begin(delivery),
    ]);
    const again = await conversation(String(alice)).begin(delivery);

    expect([...both, again].map(({ outcome }) => outcome)).toEqual([
      { state: "sent" },
      { state: "sent" },
      { state: "sent" },
    ]);
    expect(news()).toHaveLength(1);
  });

  it("that crashed on its way is uncertain, never sent again, and its buttons work", async () => {
    const delivery = await deliveryOf("call-2");
    const gate = hold(saysNews);
    const lost = conversation(String(alice)).begin(delivery);
    lost.catch(() => {});
    await gate.isHolding();

    await crash(String(alice));
    const { outcome } = await conversation(String(alice)).begin(delivery);

    expect(outcome).toEqual({ state: "uncertain", reason: "connection-lost" });
    expect(news()).toHaveLength(1);
    await tap(alice, "Ответить", network);
    await sees(alice, "Напишите ваш ответ");
  });

  it("that the messenger puts off is given back with its time, and leaves no trace", async () => {
    const delivery = await deliveryOf("call-3");
    network.answerers.unshift((left) =>
      saysNews(left) && news().length === 1
        ? telegramRefuses(429, "Too Many Requests: retry after 7", { retry_after: 7 })
        : undefined,
    );

    const before = Date.now();
    const { outcome, again = 0 } = await conversation(String(alice)).begin(delivery);
    const early = await conversation(String(alice)).begin({ ...delivery, attempt: 1 });
    await at(Date.now() + 8_000);
    const later = await conversation(String(alice)).begin({ ...delivery, attempt: 2 });

    expect(outcome).toEqual({ state: "deferred", reason: "channel-busy" });
    expect(again - before).toBeGreaterThanOrEqual(7_000);
    expect(early).toMatchObject({ outcome: { state: "deferred", reason: "channel-paced" } });
    expect(later.outcome).toEqual({ state: "sent" });
    expect(news()).toHaveLength(2);
  });

  it("is not begun once its lease is over", async () => {
    const delivery = await deliveryOf("call-4");

    const handed = await conversation(String(alice)).begin({ ...delivery, until: Date.now() - 1 });

    expect(handed).toMatchObject({ outcome: { state: "deferred", reason: "too-late" } });
    expect(handed.again).toBeDefined();
    expect(news()).toHaveLength(0);
  });

  it("to a slow messenger is on the wire, and reports by itself when it is through", async () => {
    const delivery = await deliveryOf("call-5");
    const gate = hold(saysNews);

    const handed = await conversation(String(alice)).begin(delivery);
    gate.letGo();

    expect(handed).toEqual({ outcome: { state: "deferred", reason: "on-the-wire" } });
    await vi.waitUntil(
      async () => (await conversation(String(alice)).begin(delivery)).outcome.state === "sent",
    );
    expect(news()).toHaveLength(1);
  });

  it("of a communication that is no longer there ends, and says so", async () => {
    const delivery = await deliveryOf("call-6");

    const { outcome } = await conversation(String(alice)).begin({ ...delivery, alias: "gone/away" });

    expect(outcome).toMatchObject({ state: "failed", reason: "outdated" });
  });

  it("beyond what a person may be told in a day is not sent, unless it is critical", async () => {
    const bot = { ...(await deliveryOf("call-7")).bot, perPersonDaily: 1 };
    const to = async (callId: string, critical: boolean) =>
      conversation(String(alice)).begin({ ...(await deliveryOf(callId)), critical, bot });

    const outcomes = [await to("day-1", false), await to("day-2", false)];
    // The chat has had its messages for this second.
    await at(Date.now() + 2_000);
    outcomes.push(await to("day-3", true));

    expect(outcomes.map(({ outcome }) => outcome)).toEqual([
      { state: "sent" },
      { state: "cancelled", reason: "daily-limit" },
      { state: "sent" },
    ]);
  });
});

/** A post for Alice, as the queue's consumer hands it over. */
async function deliveryOf(callId: string): Promise<Delivery> {
  const db = database(env.DB);
  const address = { botId: "1", channel: "telegram", externalId: String(alice) } as const;
  const lead = await directoryIn(db, Date.now).findLead(address);
  const bot = await botsIn(db).find("1");
  if (!lead || !bot) throw new Error("The demo has both");
  const data = JSON.stringify({ post: { ...post, url: "http://site.test/posts/1" } });
  const until = Date.now() + 60_000;
  return {
    callId,
    seq: 0,
    userId: String(alice),
    address,
    alias: "post/new",
    data,
    critical: false,
    until,
    expiresAt: null,
    attempt: 0,
    since: Date.now(),
    lead,
    bot,
  };
}

const post = { postId: "1", authorId: "3", authorName: "Наталья", text: "Мы переезжаем!", picture: null };

/** Moves the clock of Alice's conversation. */
async function at(now: number): Promise<void> {
  await runInDurableObject(conversation(String(alice)), (instance) => {
    (instance as unknown as { clock: () => number }).clock = () => now;
  });
}
