import type { Browser } from "playwright-core";
import { endAfterTest, withChat } from "../emulator/world-kit.ts";
import { openPage } from "./browser.ts";

/** Alexander's phone in a browser, on which he has written to the bot. */
export async function withPhone(browser: Browser) {
  const world = await withChat();
  const url = `${world.emulator.url}/?users=127`;
  const { page, troubles } = await openPage(browser, url, { width: 480, height: 900 });
  endAfterTest(page.context());
  const phone = page.getByTestId("phone-127");
  await phone.getByText("/start").waitFor();
  return {
    ...world,
    page,
    phone,
    troubles,
    /** The last message of the chat, as it is shown and as Telegram has it. */
    shown: phone.getByRole("article").last(),
    newest: async () => (await world.chat(127)).messages.at(-1) ?? {},
    /** Chooses a file as one does: by the button, the menu and the browser's own window. */
    async attach(kind: string, name: string, mimeType: string, buffer: Buffer) {
      await phone.getByTestId("attach").click();
      const [chooser] = await Promise.all([
        page.waitForEvent("filechooser"),
        phone.getByTestId("attach-menu").getByRole("button", { name: kind }).click(),
      ]);
      await chooser.setFiles({ name, mimeType, buffer });
      await phone.getByTestId("picked-file").getByText(name).waitFor();
    },
  };
}
