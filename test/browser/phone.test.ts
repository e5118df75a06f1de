import { readFile } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fileIdOf, inBase64, ogg, PDF, PNG, wav } from "../emulator/files-kit.ts";
import { PATIENCE, startBrowser } from "./browser.ts";
import { withPhone } from "./phone-kit.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
}, PATIENCE);
afterAll(() => browser?.close());

const BOT = { bot: "beseda_demo_bot" };
const patient = { timeout: 2 * PATIENCE };

describe("on the phone one", patient, () => {
  it("sends a picture, with what is in the field as its caption", async () => {
    const { phone, shown, attach, newest, troubles } = await withPhone(browser);

    await attach("Photo", "дом.png", "image/png", PNG);
    await phone.getByTestId("composer").fill("Наш дом");
    await phone.getByTestId("composer").press("Enter");

    await shown.getByText("Наш дом").waitFor();
    await shown.getByRole("img", { name: "Photo" }).waitFor();
    expect(await newest()).toMatchObject({ photo: [{ width: 1, height: 1 }], caption: "Наш дом" });
    expect(await phone.getByTestId("composer").inputValue()).toBe("");
    expect(await phone.getByTestId("picked-file").isVisible()).toBe(false);
    expect(troubles).toEqual([]);
  });

  it("sends a file in reply to a message, and can save it", async () => {
    const { page, phone, shown, attach, newest, message_id } = await withPhone(browser);

    await shown.hover();
    await shown.getByRole("button", { name: "Reply", exact: true }).click();
    await attach("File", "estimate.pdf", "application/pdf", PDF);
    await phone.getByTestId("send").click();
    const link = shown.getByRole("link", { name: "estimate.pdf" });
    await link.waitFor();
    const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);

    expect(await newest()).toMatchObject({
      document: { file_name: "estimate.pdf", mime_type: "application/pdf", file_size: PDF.length },
      reply_to_message: { message_id },
    });
    // Chromium names a download in the letters of its locale, which a bare machine has not.
    expect(download.suggestedFilename()).toBe("estimate.pdf");
    expect(await readFile(await download.path())).toEqual(PDF);
  });

  it("sends a voice message from a recording", async () => {
    const { phone, shown, attach, newest } = await withPhone(browser);

    await attach("Voice message", "v.ogg", "audio/ogg", ogg(7));
    await phone.getByTestId("send").click();

    await shown.getByText("0:07").waitFor();
    expect(await newest()).toMatchObject({ voice: { duration: 7, mime_type: "audio/ogg" } });
  });

  it("sends a place, and keeps what is in the field", async () => {
    const { phone, shown, newest } = await withPhone(browser);

    await phone.getByTestId("composer").fill("Я ещё пишу");
    await phone.getByTestId("attach").click();
    await phone.getByRole("button", { name: "Location" }).click();
    await phone.getByLabel("Latitude").fill("59.9413");
    await phone.getByLabel("Longitude").fill("30.3207");
    await phone.getByTestId("send-place").click();

    await shown.getByRole("link", { name: "59.9413, 30.3207" }).waitFor();
    expect(await newest()).toMatchObject({ location: { latitude: 59.9413, longitude: 30.3207 } });
    expect(await phone.getByTestId("composer").inputValue()).toBe("Я ещё пишу");
    expect(await phone.getByTestId("attach-menu").isVisible()).toBe(false);
  });

  it("can think better of a file", async () => {
    const { phone, shown, attach, newest } = await withPhone(browser);

    await attach("File", "a.pdf", "application/pdf", PDF);
    await phone.getByRole("button", { name: "Cancel the file" }).click();
    await phone.getByTestId("composer").fill("без файла");
    await phone.getByTestId("send").click();

    await shown.getByText("без файла").waitFor();
    expect(await newest()).toMatchObject({ text: "без файла" });
  });

  it("is told why a file was not taken", async () => {
    const { phone, attach } = await withPhone(browser);

    await attach("Photo", "a.png", "image/png", PDF);
    await phone.getByTestId("send").click();

    await phone.getByTestId("toast").getByText("a photo is a PNG, JPEG, WebP or GIF").waitFor();
  });

  it("leaves the menu by Escape", async () => {
    const { page, phone } = await withPhone(browser);
    const menu = phone.getByTestId("attach-menu");

    await phone.getByTestId("attach").click();
    await phone.getByRole("button", { name: "Location" }).click();
    await phone.getByLabel("Latitude").press("Escape");

    await menu.waitFor({ state: "hidden" });
    expect(await page.evaluate("document.activeElement.dataset.testid")).toBe("attach");
    await page.keyboard.press("Enter");
    await menu.getByRole("button", { name: "Photo" }).waitFor();
  });
});

describe("on the phone one writes", patient, () => {
  it("a command from the list that opens at its first letters, and the field is empty again", async () => {
    const { phone, shown, result, newest } = await withPhone(browser);
    await result("setMyCommands", { commands: [{ command: "menu", description: "Меню" }] });

    await phone.getByTestId("menu").waitFor();
    await phone.getByTestId("composer").fill("/m");
    await phone.getByTestId("commands").getByRole("option", { name: "/menu" }).click();

    await shown.getByRole("button", { name: "/menu" }).waitFor();
    expect(await newest()).toMatchObject({ text: "/menu" });
    expect(await phone.getByTestId("composer").inputValue()).toBe("");
    expect(await phone.getByTestId("commands").isVisible()).toBe(false);
  });

  it("a text to nothing, after leaving a reply and a file by Escape", async () => {
    const { phone, shown, attach, newest } = await withPhone(browser);
    await shown.hover();
    await shown.getByRole("button", { name: "Reply", exact: true }).click();
    await attach("File", "a.pdf", "application/pdf", PDF);

    await phone.getByTestId("composer").press("Escape");
    await phone.getByTestId("composer").fill("просто");
    await phone.getByTestId("composer").press("Enter");

    await shown.getByText("просто").waitFor();
    expect(await newest()).toMatchObject({ text: "просто" });
    expect(await newest()).not.toHaveProperty("reply_to_message");
  });
});

describe("on the phone one sees", patient, () => {
  it.each([
    ["photo", "sendPhoto", inBase64(PNG), "Photo"],
    ["document", "sendDocument", inBase64(PDF, { name: "a.pdf" }), "a.pdf"],
    ["voice", "sendVoice", inBase64(ogg(65)), "1:05"],
  ])("a %s of the bot", async (kind, method, file, seen) => {
    const { post, result, shown } = await withPhone(browser);
    const sent = await post("/users/127/messages", { ...BOT, [kind]: file });

    await result(method, { chat_id: 127, [kind]: fileIdOf(sent.json.message), caption: "Вот" });

    await shown.getByText("Вот").waitFor();
    await shown
      .getByText(seen)
      .or(shown.getByRole("img", { name: seen }))
      .waitFor();
    expect(await shown.getAttribute("class")).toContain("theirs");
  });

  it("a place of the bot, with its buttons", async () => {
    const { result, shown } = await withPhone(browser);
    const reply_markup = { inline_keyboard: [[{ text: "Приду", callback_data: "y" }]] };

    await result("sendLocation", { chat_id: 127, latitude: 57.06, longitude: 28.92, reply_markup });

    await shown.getByRole("link", { name: "57.06, 28.92" }).waitFor();
    await shown.getByRole("button", { name: "Приду" }).waitFor();
  });

  it("how far a voice message has played, or that it can't be", async () => {
    const { post, shown } = await withPhone(browser);
    const send = (voice: object) => post("/users/127/messages", { ...BOT, voice });

    await send(inBase64(wav(30), { mime_type: "audio/wav", duration: 30 }));
    await shown.getByRole("button", { name: "Play" }).click();
    await shown.getByText(/^0:(0[1-9]|[12]\d)$/).waitFor();
    await shown.getByRole("button", { name: "Pause" }).click();
    await shown.getByRole("button", { name: "Play" }).waitFor();
    await send(inBase64(ogg(50)));
    await shown.getByText("0:50").waitFor();
    await shown.getByRole("button", { name: "Play" }).click();

    await shown.getByText("This can't be played here").waitFor();
  });
});
