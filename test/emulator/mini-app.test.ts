import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { launchUrl } from "../../emulator/mini-app/launch-url.ts";
import { emulatorWithPeople, handClock, withChat } from "./world-kit.ts";

const BOT = { bot: "beseda_demo_bot" };
const PAGE = "https://site.test/family?from=bot";

/** What a site's backend learns from initData, by Telegram's own recipe; throws where the hash is wrong. */
function validated(initData: string, token = "100001:DEMO"): Record<string, string> {
  const { hash, ...fields } = Object.fromEntries(new URLSearchParams(initData));
  const lines = Object.entries(fields).map(([key, value]) => `${key}=${value}`);
  const key = createHmac("sha256", "WebAppData").update(token).digest();
  const right = createHmac("sha256", key).update(lines.sort().join("\n")).digest("hex");
  if (hash !== right) throw new Error("the hash is wrong");
  return fields;
}

/** The launch parameters in an address, read as Telegram's script reads them. */
function launch(url: unknown): URLSearchParams {
  return new URLSearchParams(new URL(String(url)).hash.slice(1).replace(/^[^=]*\?/, ""));
}

/** A chat in which the bot has sent a button that opens a page. */
async function withButton(url = PAGE, options = {}) {
  const world = await withChat(options);
  const reply_markup = { inline_keyboard: [[{ text: "Открыть", web_app: { url } }]] };
  const sent = await world.result<{ message_id: number }>("sendMessage", {
    chat_id: 127,
    text: "Сайт",
    reply_markup,
  });
  return { ...world, sent, reply_markup };
}

describe("Bot API: a button that opens a page", () => {
  it("is kept as it was sent, and edited like any other", async () => {
    const { sent, reply_markup, result, chat } = await withButton();
    const other = { inline_keyboard: [[{ text: "Ещё", web_app: { url: "https://site.test/" } }]] };

    const edited = await result("editMessageReplyMarkup", {
      chat_id: 127,
      message_id: sent.message_id,
      reply_markup: other,
    });

    expect(sent).toMatchObject({ reply_markup });
    expect(edited).toMatchObject({ reply_markup: other });
    expect((await chat(127)).messages.at(-1)).toMatchObject({ reply_markup: other });
  });

  it.each(["http://127.0.0.1:8788/", "http://localhost:8788/", "http://[::1]/", "https://a.ru/"])(
    "may open %s",
    async (url) => {
      await expect(withButton(url)).resolves.toMatchObject({ sent: { text: "Сайт" } });
    },
  );

  it.each([
    [
      { web_app: { url: "http://site.test/" } },
      "inline keyboard button Web App URL 'http://site.test/' is invalid: Only HTTPS links are allowed",
    ],
    [
      { web_app: { url: "http://127.0.0.1.site.test/" } },
      "inline keyboard button Web App URL 'http://127.0.0.1.site.test/' is invalid: Only HTTPS links are allowed",
    ],
    [
      { web_app: { url: "javascript:alert(1)" } },
      "inline keyboard button Web App URL 'javascript:alert(1)' is invalid: Only HTTPS links are allowed",
    ],
    [
      { web_app: { url: "ftp://localhost/" } },
      "inline keyboard button Web App URL 'ftp://localhost/' is invalid: Only HTTPS links are allowed",
    ],
    [
      { web_app: { url: "nowhere" } },
      "inline keyboard button Web App URL 'nowhere' is invalid: Wrong HTTP URL",
    ],
    [{ web_app: PAGE }, "can't parse reply keyboard markup JSON object"],
    [
      { web_app: { url: PAGE }, callback_data: "y" },
      "can't parse inline keyboard button: exactly one of the fields callback_data, web_app must be used",
    ],
  ])("is refused as %j", async (button, what) => {
    const { call } = await withChat();
    const reply_markup = { inline_keyboard: [[{ text: "a", ...button }]] };

    const answer = await call("sendMessage", { chat_id: 127, text: "a", reply_markup });

    expect(answer).toEqual({ ok: false, error_code: 400, description: `Bad Request: ${what}` });
  });
});

describe("control: a tap that opens a page", () => {
  it("gives its address with who opened it, signed for the bot", async () => {
    const clock = handClock();
    const { taps, sent } = await withButton(PAGE, { now: clock.now });

    const { json } = await taps(127, sent.message_id, "Открыть");

    const told = launch(json.url);
    const { user = "", ...fields } = validated(told.get("tgWebAppData") ?? "");
    expect(String(json.url).split("#")[0]).toBe(PAGE);
    expect([...told.keys()]).toEqual(["tgWebAppData", "tgWebAppVersion", "tgWebAppPlatform"]);
    expect(told.get("tgWebAppVersion")).toBe("9.1");
    expect(told.get("tgWebAppPlatform")).toBe("weba");
    expect(fields).toEqual({
      query_id: expect.stringMatching(/^[\w-]{24}$/),
      auth_date: String(clock.now() / 1000),
      signature: expect.stringMatching(/^[\w-]{86}$/),
    });
    expect(JSON.parse(user)).toEqual({
      id: 127,
      first_name: "Александр",
      last_name: "",
      language_code: "ru",
      allows_write_to_pm: true,
    });
  });

  it("opens a session of its own each time", async () => {
    const { taps, sent } = await withButton();
    const queryId = async () => {
      const { json } = await taps(127, sent.message_id, "Открыть");
      return validated(launch(json.url).get("tgWebAppData") ?? "").query_id;
    };

    expect(await queryId()).not.toBe(await queryId());
  });

  it("opens nothing of a bot that one has blocked", async () => {
    const { taps, sent, post } = await withButton();

    await post("/users/127/block", BOT);

    expect(await taps(127, sent.message_id, "Открыть")).toMatchObject({ status: 409 });
  });

  it.each([
    ["https://a.ru/", "https://a.ru/#x=1"],
    ["https://a.ru/#", "https://a.ru/#x=1"],
    ["https://a.ru/#top", "https://a.ru/#top?x=1"],
    ["https://a.ru/#a=b", "https://a.ru/#a=b&x=1"],
    ["https://a.ru/?q#/way?a", "https://a.ru/?q#/way?a&x=1"],
  ])("puts what it tells behind the fragment of %s", (url, shape) => {
    const told = "tgWebAppData=a%3D%2520&tgWebAppVersion=9.1&tgWebAppPlatform=weba";

    expect(launchUrl(url, "a=%20")).toBe(shape.replace("x=1", told));
  });
});

describe("control: init-data", () => {
  const ask = async (world: Awaited<ReturnType<typeof emulatorWithPeople>>, user: number) =>
    String((await world.post(`/users/${user}/init-data`, BOT)).json.initData);

  it("says who it is, in letters that need care", async () => {
    const world = await emulatorWithPeople();
    const names = { first_name: "А + & = / %20", last_name: 'O"Н', username: "somebody" };
    await world.put("/users/5", names);

    const { user = "" } = validated(await ask(world, 5));

    expect(JSON.parse(user)).toEqual({ id: 5, ...names });
    expect(user).toContain("\\/");
  });

  it("is signed for that bot alone, and to be changed by nobody", async () => {
    const world = await emulatorWithPeople();

    const initData = await ask(world, 127);

    expect(() => validated(initData, "100001:OTHER")).toThrow("the hash is wrong");
    expect(() => validated(initData.replace("127", "1707"))).toThrow("the hash is wrong");
    expect(() => validated(initData.replace(/signature=[^&]*&/, ""))).toThrow("the hash is wrong");
  });

  it("says that the bot may write only where it may", async () => {
    const world = await withChat();
    const mayWrite = async (user: number) =>
      JSON.parse(validated(await ask(world, user)).user ?? "").allows_write_to_pm;

    expect(await mayWrite(1707)).toBeUndefined();
    expect(await mayWrite(127)).toBe(true);
    await world.post("/users/127/block", BOT);
    expect(await mayWrite(127)).toBeUndefined();
  });

  it("is of nobody unknown", async () => {
    const { post } = await emulatorWithPeople();

    expect(await post("/users/5/init-data", BOT)).toMatchObject({ status: 404 });
    expect(await post("/users/127/init-data", { bot: "nobody" })).toMatchObject({ status: 404 });
  });
});

describe("Bot API: setChatMenuButton", () => {
  const page = (text: string) => ({ type: "web_app", text, web_app: { url: PAGE } });

  it("puts a page behind the button beside the field, of one chat or of all", async () => {
    const { result, get, post } = await withChat();
    const words = async (user: number) => (await get(`/users/${user}/commands?bot=beseda_demo_bot`)).json.app;

    await result("setChatMenuButton", { menu_button: page("Сайт") });
    await result("setChatMenuButton", { chat_id: 127, menu_button: page("Мой сайт") });
    const own = [await words(127), await words(1707)];
    const { json } = await post("/users/127/menu", BOT);
    await result("setChatMenuButton", { chat_id: 127 });
    const reset = await words(127);
    await result("setChatMenuButton", { chat_id: 127, menu_button: { type: "commands" } });

    expect(own).toEqual(["Мой сайт", "Сайт"]);
    expect(validated(launch(json.url).get("tgWebAppData") ?? "")).toHaveProperty("query_id");
    expect(reset).toBe("Сайт");
    expect(await words(127)).toBeUndefined();
    expect(await post("/users/127/menu", BOT)).toMatchObject({ status: 404 });
    await post("/users/127/block", BOT);
    expect(await post("/users/127/menu", BOT)).toMatchObject({ status: 409 });
  });

  it.each([
    [{ type: "nonsense" }, "MenuButton has unsupported type"],
    [{ type: "web_app", text: "a" }, `can't parse menu button: Field "web_app" must be of type Object`],
    [{ ...page(""), text: "" }, "can't parse menu button: Text must be non-empty"],
    [
      { ...page("a"), web_app: { url: "http://a.ru/" } },
      "menu button Web App URL 'http://a.ru/' is invalid: Only HTTPS links are allowed",
    ],
  ])("refuses %j", async (menu_button, what) => {
    const { call } = await withChat();

    expect(await call("setChatMenuButton", { menu_button })).toMatchObject({
      error_code: 400,
      description: `Bad Request: ${what}`,
    });
  });
});
