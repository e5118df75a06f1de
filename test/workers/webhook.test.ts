import { beforeEach, describe, expect, it, vi } from "vitest";
import { demo, messageOf, nextUpdate, push } from "./demo.ts";
import { Network } from "./network.ts";

let network: Network;
let person = 5_000;

beforeEach(async () => {
  network = new Network();
  await demo(network);
  person += 1;
});

const said = (count: number) => vi.waitUntil(() => network.texts(person).length >= count, { timeout: 5_000 });

/** Whatever was pushed before is through once the help text, asked for last, has come. */
async function through(): Promise<readonly string[]> {
  await push(messageOf(person, { text: "/help" }));
  await vi.waitUntil(() => network.texts(person).some((text) => text.includes("/logout")), {
    timeout: 5_000,
  });
  return network.texts(person).slice(0, -1);
}

describe("POST /telegram/{botId}", () => {
  it("answers a person", async () => {
    const response = await push(messageOf(person, { text: "/start" }));

    expect(response.status).toBe(200);
    await said(1);
    expect(network.texts(person)[0]).toContain("Здравствуйте, Алиса!");
  });

  it.each(["", "wrong", "0".repeat(64)])("lets nobody in with the secret %j", async (secret) => {
    const response = await push(messageOf(person, { text: "/start" }), secret);

    expect(response.status).toBe(401);
    expect(await response.text()).toBe("");
    expect(await through()).toEqual([]);
  });

  it("answers an update once, however often it comes", async () => {
    const update = messageOf(person, { text: "/start" });

    await Promise.all([push(update), push(update), push(update)]);

    expect(await through()).toHaveLength(1);
  });

  it("answers in the order of the updates' numbers where they came in disorder", async () => {
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    network.answerers.unshift(({ url, body }) => {
      if (url.host !== "telegram.test" || !String(body.text).includes("Здравствуйте")) return undefined;
      return gate.then(() => Response.json({ ok: true, result: { message_id: 1 } }));
    });
    await push(messageOf(person, { text: "/start" }));
    await said(1);
    const [first, second] = [nextUpdate(), nextUpdate()];

    await push(messageOf(person, { text: "/logout" }, second));
    await push(messageOf(person, { text: "/menu" }, first));
    open();

    await said(3);
    expect(network.texts(person).map((text) => text.slice(0, 8))).toEqual([
      "Здравств",
      "<b>Меню<",
      "Вы ещё н",
    ]);
  });

  it.each([
    ["an edit", { edited_message: { message_id: 1, chat: { id: 1, type: "private" }, text: "/start" } }],
    ["a kind of update that isn't known", { business_connection: { id: "x" } }],
    [
      "a channel's post",
      { channel_post: { message_id: 1, chat: { id: -100, type: "channel" }, text: "/start" } },
    ],
  ])("takes %s and does nothing", async (_name, content) => {
    const response = await push({ update_id: nextUpdate(), ...content });

    expect(response.status).toBe(200);
    expect(await through()).toEqual([]);
  });

  it.each([
    ["a group", { chat: { id: -5, type: "group" }, text: "/start" }],
    ["a bot", { from: { id: 1, is_bot: true, first_name: "Bot" }, text: "/start" }],
    ["nobody", { from: undefined, text: "/start" }],
  ])("does not speak with %s", async (_name, content) => {
    const response = await push(messageOf(person, content));

    expect(response.status).toBe(200);
    expect(await through()).toEqual([]);
    expect(network.calls("sendMessage").every(({ body }) => body.chat_id === person)).toBe(true);
  });

  it.each(["", "{", "[]", '{"update_id":"x"}', '{"update_id":1.5}'])(
    "answers %j without an error",
    async (body) => {
      const response = await push(body);

      expect([200, 400]).toContain(response.status);
    },
  );

  it("reads no body that is larger than any update", async () => {
    const response = await push(`{"a":"${"x".repeat(1024 * 1024)}"}`);

    expect(response.status).toBe(400);
  });

  it("answers a sticker with the menu", async () => {
    await push(messageOf(person, { sticker: { file_id: "x" } }));

    await said(1);
    expect(network.texts(person)[0]).toContain("Меню");
  });
});
