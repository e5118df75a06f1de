import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { conversationName } from "../../contract/lead.ts";
import { call, demo, messageOf, nextUpdate, push, signIn } from "../workers/demo.ts";
import { type Left, Network, telegramRefuses } from "../workers/network.ts";

let network: Network;

beforeEach(async () => {
  network = new Network();
  await demo(network);
});

const conversation = (externalId: string) =>
  env.CONVERSATIONS.getByName(conversationName({ botId: "1", channel: "telegram", externalId }));

const sees = (chat: number, text: string) =>
  vi.waitUntil(() => network.texts(chat).some((one) => one.includes(text)), { timeout: 5_000 });

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
  return { letGo, isHolding: () => vi.waitUntil(() => held > 0, { timeout: 5_000 }) };
}

const commentNew = { postId: 1, authorId: 3, commentAuthorId: 1707, comment: "Ура!", userIds: [127] };

async function tap(chat: number, label: string): Promise<void> {
  const messages = network.calls("sendMessage").filter(({ body }) => body.chat_id === chat);
  const buttons = messages.flatMap(({ body }) => inlineButtons(body.reply_markup));
  const data = buttons.findLast((button) => button.text === label)?.callback_data;
  const from = { id: chat, is_bot: false, first_name: "Алиса", language_code: "ru" };
  const message = { chat: { id: chat, type: "private" } };
  await push({ update_id: nextUpdate(), callback_query: { id: "tap", from, data, message } });
}

function inlineButtons(markup: unknown): readonly { text: string; callback_data?: string }[] {
  const { inline_keyboard = [] } = (markup ?? {}) as {
    inline_keyboard?: { text: string; callback_data?: string }[][];
  };
  return inline_keyboard.flat();
}

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
    await tap(127, "Ответить");
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
    const before = network.texts(127).filter((text) => text.includes("Меню")).length;
    await runDurableObjectAlarm(conversation("127"));
    await push(messageOf(127, { text: "/help" }));

    await sees(127, "/logout");
    expect(network.texts(127).filter((text) => text.includes("Меню"))).toHaveLength(before);
  });

  it("while the main system is asked to write repeats the request with the same key", async () => {
    await signIn(127, network);
    await call("comment/new", commentNew);
    await sees(127, "комментирует");
    await tap(127, "Ответить");
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
    await vi.waitUntil(() => keys.length === 1, { timeout: 5_000 });

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

describe("a delivery", () => {
  const delivery = {
    callId: "call-1",
    seq: 0,
    userId: "127",
    address: { botId: "1", channel: "telegram" as const, externalId: "127" },
    alias: "post/new",
    data: JSON.stringify({
      post: {
        postId: "1",
        authorId: "3",
        authorName: "Н",
        text: "Новость",
        picture: null,
        url: "http://site.test/1",
      },
    }),
  };
  const news = () => network.texts(127).filter((text) => text.includes("Новость"));

  it("that is handed over twice, also at the same time, arrives once", async () => {
    await signIn(127, network);

    const both = await Promise.all([
      conversation("127").begin(delivery),
      conversation("127").begin(delivery),
    ]);
    const again = await conversation("127").begin(delivery);

    expect([...both, again]).toEqual([{ state: "sent" }, { state: "sent" }, { state: "sent" }]);
    expect(news()).toHaveLength(1);
  });

  it("that crashed on its way is reported as uncertain, and is never sent again", async () => {
    await signIn(127, network);
    const gate = hold(({ body }) => String(body.text).includes("Новость"));
    const lost = conversation("127").begin({ ...delivery, callId: "call-2" });
    lost.catch(() => {});
    await gate.isHolding();

    await crash("127");
    const outcome = await conversation("127").begin({ ...delivery, callId: "call-2" });

    expect(outcome).toEqual({ state: "uncertain", reason: "connection-lost" });
    expect(news()).toHaveLength(1);
  });

  it("that is told to wait arrives by the alarm, without anybody asking again", async () => {
    await signIn(127, network);
    network.answerers.unshift(({ url, body }) => {
      if (url.host !== "telegram.test" || !String(body.text).includes("Новость")) return undefined;
      return news().length === 1
        ? telegramRefuses(429, "Too Many Requests: retry after 7", { retry_after: 7 })
        : undefined;
    });

    const outcome = await conversation("127").begin({ ...delivery, callId: "call-3" });
    expect(outcome).toEqual({ state: "deferred", reason: "channel-busy" });
    const alarm = await runInDurableObject(conversation("127"), (_, state) => state.storage.getAlarm());
    expect(alarm).toBeLessThanOrEqual(Date.now() + 7_000);
    await runInDurableObject(conversation("127"), (instance) => {
      (instance as unknown as { clock: () => number }).clock = () => Date.now() + 8_000;
    });
    await runDurableObjectAlarm(conversation("127"));

    expect(news()).toHaveLength(2);
    expect(await conversation("127").begin({ ...delivery, callId: "call-3" })).toEqual({ state: "sent" });
  });

  it("to a slow messenger is put off, and reports by itself when it is through", async () => {
    await signIn(127, network);
    const gate = hold(({ body }) => String(body.text).includes("Новость"));
    const outcome = await conversation("127").begin({ ...delivery, callId: "call-5" });
    expect(outcome).toMatchObject({ state: "deferred", reason: "slow" });
    gate.letGo();
    await vi.waitUntil(
      async () => (await conversation("127").begin({ ...delivery, callId: "call-5" })).state === "sent",
    );

    expect(news()).toHaveLength(1);
  });

  it("of a communication that is no longer there ends, and says so", async () => {
    await signIn(127, network);

    const outcome = await conversation("127").begin({ ...delivery, callId: "call-4", alias: "gone/away" });

    expect(outcome).toEqual({ state: "failed", reason: "broken-data" });
  });
});
