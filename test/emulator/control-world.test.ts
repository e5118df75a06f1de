import { describe, expect, it } from "vitest";
import { startEmulator } from "../../emulator/server.ts";
import { webhook } from "./webhook-kit.ts";
import { emulatorWithPeople, type Json } from "./world-kit.ts";

const BOT = { bot: "beseda_demo_bot" };

describe("control: SMS", () => {
  it("reach the phone of that number", async () => {
    const { post, get } = await emulatorWithPeople();

    const sent = await post("/sms", { phone: "+7 (918) 777-77-77", text: "PIN 123456" });
    const lost = await post("/sms", { phone: "70000000000", text: "a" });

    expect(sent.json).toMatchObject({ delivered: true });
    expect(lost.json).toMatchObject({ delivered: false });
    expect((await get("/users/127/sms")).json.sms).toMatchObject([{ text: "PIN 123456" }]);
    expect((await get("/users/1707/sms")).json.sms).toEqual([]);
  });

  it.each([
    ["+79161234567", "79161234567"],
    ["79161234567", "+79161234567"],
    ["+7 916 123-45-67", "7 (916) 123-45-67"],
  ])("sent to %s reach who gave %s", async (phone, phone_number) => {
    const { put, post, get } = await emulatorWithPeople();
    await put("/users/1707", { first_name: "Анна", phone_number });

    const sent = await post("/sms", { phone, text: "PIN 123456" });

    expect(sent.json).toMatchObject({ delivered: true, sms: { phone: "79161234567" } });
    expect((await get("/users/1707/sms")).json.sms).toMatchObject([{ text: "PIN 123456" }]);
    expect((await get("/users/127/sms")).json.sms).toEqual([]);
  });
});

describe("control: faults", () => {
  async function withFault(fault: object) {
    const world = await emulatorWithPeople();
    await world.writes(127, "a");
    await world.post("/faults", { method: "sendMessage", ...fault });
    const send = () => world.call("sendMessage", { chat_id: 127, text: "b" });
    const count = async () => (await world.chat(127)).messages.length - 1;
    return { ...world, send, count };
  }

  it("answer in the method's stead, as often as ordered", async () => {
    const { send, count } = await withFault({ status: 502, description: "Bad Gateway", times: 2 });

    const answers = [await send(), await send(), await send()];

    expect(answers.map((one) => one.ok)).toEqual([false, false, true]);
    expect(answers[0]).toEqual({ ok: false, error_code: 502, description: "Bad Gateway" });
    expect(await count()).toBe(1);
  });

  it("ask to wait", async () => {
    const { send } = await withFault({ retry_after: 7, user: 127 });

    expect(await send()).toEqual({
      ok: false,
      error_code: 429,
      description: "Too Many Requests: retry after 7",
      parameters: { retry_after: 7 },
    });
  });

  it.each([
    ["before", 0],
    ["after", 1],
  ])("cut the connection %s the call takes effect", async (drop, messages) => {
    const { send, count, get } = await withFault({ drop });

    await expect(send()).rejects.toThrow();

    expect(await count()).toBe(messages);
    expect((await get("/stats")).json.answers).toMatchObject({ dropped: 1 });
    expect(await send()).toMatchObject({ ok: true });
  });

  it("answer nonsense, hold back, and are removed", async () => {
    const { emulator, send, post, remove, get } = await withFault({ body: "<html>oops", status: 200 });

    const nonsense = await fetch(`${emulator.url}/bot100001:DEMO/sendMessage?chat_id=127&text=b`);
    await post("/faults", { delay_ms: 1 });
    const late = await send();
    await post("/faults", { status: 500, times: null });
    await remove("/faults");

    expect(await nonsense.text()).toBe("<html>oops");
    expect(late).toMatchObject({ ok: true });
    expect((await get("/faults")).json).toEqual({ faults: [] });
    expect(await send()).toMatchObject({ ok: true });
  });
});

describe("control: the world", () => {
  it("takes raw updates as they are, and repeats them", async () => {
    const hook = await webhook();
    const { result, post } = await emulatorWithPeople();
    await result("setWebhook", { url: hook.url });

    await post("/updates", {
      ...BOT,
      update: { update_id: 5, message: { chat: { id: 127 }, text: "raw" } },
      times: 2,
    });
    const given = await post("/updates", { ...BOT, update: { poll: {} } });
    const received = await hook.got(3);

    expect(received.map((one) => one.update.update_id).sort((a, b) => a - b)).toEqual([
      5,
      5,
      given.json.update_id,
    ]);
  });

  it("changes limits while it runs", async () => {
    const { put, call, writes } = await emulatorWithPeople();
    await writes(127, "a");

    const limits = await put("/limits", { perChat: 1, chatBurst: 1, perBot: 30 });
    const answers = [];
    for (let i = 0; i < 2; i++) answers.push(await call("sendMessage", { chat_id: 127, text: "b" }));

    expect(limits.json).toEqual({ perBot: 30, perBotPaid: 1000, perChat: 1, chatBurst: 1 });
    expect(answers.map((one) => one.ok)).toEqual([true, false]);
    expect(await put("/limits", { perBot: 0 })).toMatchObject({ status: 400 });
  });

  it("forgets all but the bots and their webhooks", async () => {
    const { result, writes, remove, get, put, post, chat } = await emulatorWithPeople();
    await writes(127, "a");
    await result("setWebhook", { url: "http://127.0.0.1:1/" });
    await post("/faults", { status: 500 });
    const before = await result("sendMessage", { chat_id: 127, text: "b" }).catch(() => null);

    await remove("");

    expect(before).toBeNull();
    expect((await get("/users")).json).toEqual({ users: [] });
    expect((await get("/stats")).json).toMatchObject({ calls: {}, messages: { sent: 0 } });
    expect(await result("getWebhookInfo")).toMatchObject({
      url: "http://127.0.0.1:1/",
      pending_update_count: 0,
    });
    await put("/users/127", { first_name: "Александр" });
    expect((await chat(127)).messages).toEqual([]);
    expect((await get("/bots")).json.bots).toMatchObject([{ username: "beseda_demo_bot" } satisfies Json]);
  });

  it("serves the phone and its modules with their types stripped", async () => {
    const { emulator } = await emulatorWithPeople();

    const page = await (await fetch(emulator.url)).text();
    const scripts = [...page.matchAll(/src="(\/phone\/[^"]+)"/g)].map((match) => match[1]);
    const answers = await Promise.all(scripts.map((path) => fetch(emulator.url + path)));

    expect(scripts.length).toBeGreaterThan(0);
    expect(answers.map((answer) => answer.headers.get("content-type"))).toEqual(
      answers.map(() => "text/javascript; charset=utf-8"),
    );
    expect(await fetch(`${emulator.url}/phone/none.ts`)).toMatchObject({ status: 404 });
    expect(await fetch(`${emulator.url}/healthz`)).toMatchObject({ status: 200 });
  });

  it("says so when its port is taken", async () => {
    const { emulator } = await emulatorWithPeople();

    await expect(startEmulator({ port: emulator.port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });
});
