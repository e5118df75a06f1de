import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { startEmulator } from "../../emulator/server.ts";
import { webhookWait } from "../../emulator/updates/webhook-wait.ts";
import { webhook } from "./webhook-kit.ts";
import { actions, emulatorWithPeople, endAfterTest, handClock } from "./world-kit.ts";

const folder = mkdtempSync(join(tmpdir(), "emulator-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("webhooks", () => {
  it("bring updates in order, with the secret, under growing ids", async () => {
    const hook = await webhook();
    const { result, writes } = await emulatorWithPeople();
    await result("setWebhook", { url: hook.url, secret_token: "s3cret" });

    for (const text of ["a", "b", "c"]) await writes(127, text);
    const received = await hook.got(3);

    expect(hook.texts()).toEqual(["a", "b", "c"]);
    expect(received[0]?.headers["x-telegram-bot-api-secret-token"]).toBe("s3cret");
    const ids = received.map((one) => one.update.update_id);
    expect(ids).toEqual([...ids].sort((x, y) => x - y));
    expect(new Set(ids).size).toBe(3);
  });

  it("try again what failed, and hold up that chat's messages only", async () => {
    let failures = 2;
    const hook = await webhook(({ update }) => {
      const { text } = update.message as { text: string };
      return text === "a" && failures-- > 0 ? 500 : 200;
    });
    const waits: number[] = [];
    const { result, writes, get } = await emulatorWithPeople({
      webhookWait: (count) => {
        waits.push(count);
        return 0;
      },
    });
    await result("setWebhook", { url: hook.url });

    await writes(127, "a");
    await writes(127, "b");
    await writes(1707, "other");
    await hook.got(5);

    const texts = hook.texts();
    expect(texts.filter((text) => text !== "other")).toEqual(["a", "a", "a", "b"]);
    expect(texts).toContain("other");
    expect(waits).toEqual([1, 2]);
    expect(await result("getWebhookInfo")).toMatchObject({
      last_error_message: "Wrong response from the webhook: 500 Internal Server Error",
    });
    expect((await get("/stats")).json.webhooks).toMatchObject({ failed: 2 });
  });

  it("let a tap overtake a message that is stuck", async () => {
    const stuck = Promise.withResolvers<number>();
    const hook = await webhook(({ update }) => ("message" in update ? stuck.promise : 200));
    const { result, writes, taps, post } = await emulatorWithPeople();
    await writes(127, "hello");
    const reply_markup = { inline_keyboard: [[{ text: "Yes", callback_data: "y" }]] };
    const { message_id } = await result<{ message_id: number }>("sendMessage", {
      chat_id: 127,
      text: "a",
      reply_markup,
    });
    await result("setWebhook", { url: hook.url });

    await taps(127, message_id, "y");
    await post("/users/127/block", { bot: "beseda_demo_bot" });
    const kinds = (await hook.got(3)).map(({ update }) => Object.keys(update)[1]);
    stuck.resolve(200);

    expect(kinds.sort()).toEqual(["callback_query", "message", "my_chat_member"]);
  });

  it("tell of nothing that the bot did not ask for", async () => {
    const hook = await webhook();
    const { result, writes, post } = await emulatorWithPeople();
    await result("setWebhook", { url: hook.url, allowed_updates: ["message"] });

    await post("/users/127/block", { bot: "beseda_demo_bot" });
    await post("/users/127/unblock", { bot: "beseda_demo_bot" });
    await writes(127, "hello");

    expect((await hook.got(1))[0]?.update).toHaveProperty("message");
    expect(await result("getWebhookInfo")).toMatchObject({ allowed_updates: ["message"] });
  });

  it("drop what waits when told to", async () => {
    const hook = await webhook();
    const { result, writes } = await emulatorWithPeople();
    await writes(127, "old");

    await result("setWebhook", { url: hook.url, drop_pending_updates: true });
    await writes(127, "new");
    await hook.got(1);

    expect(hook.texts()).toEqual(["new"]);
  });

  it("go on after a restart with what was not taken, and with the chats", async () => {
    const file = join(folder, "restart.sqlite");
    const first = await startEmulator({ port: 0, file, webhookWait: () => 60_000 });
    const before = actions(first);
    await before.put("/users/127", { first_name: "Александр" });
    await before.result("setWebhook", { url: "http://127.0.0.1:1/", secret_token: "s" });
    await before.writes(127, "kept");
    expect(await before.result("getWebhookInfo")).toMatchObject({ pending_update_count: 1 });
    await first.close();

    const hook = await webhook();
    const second = endAfterTest(await startEmulator({ port: 0, file }));
    const after = actions(second);
    await after.result("setWebhook", { url: hook.url });
    await hook.got(1);

    expect(hook.texts()).toEqual(["kept"]);
    expect((await after.chat(127)).messages).toMatchObject([{ text: "kept" }]);
  });

  it("forget updates after a day", async () => {
    const clock = handClock();
    const hook = await webhook();
    const { result, writes } = await emulatorWithPeople({ now: clock.now });
    await writes(127, "old");
    clock.pass(24 * 3600_000 + 1);

    await result("setWebhook", { url: hook.url });
    await writes(127, "new");
    await hook.got(1);

    expect(hook.texts()).toEqual(["new"]);
  });

  it("wait twice as long each time, a minute at most", () => {
    expect([1, 2, 3, 4, 20].map(webhookWait)).toEqual([0, 250, 500, 1000, 60_000]);
  });
});
