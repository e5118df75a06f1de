import type { Locator, Page } from "playwright-core";

/** A phone on a page: what its owner sees of the chat, and does. */
export interface Phone {
  readonly page: Page;
  readonly element: Locator;
  /** The last message that has these words; to be waited for. */
  shows(words: string | RegExp): Locator;
  /** Taps a button under the last message that has these words. */
  tap(button: string, words: string | RegExp): Promise<void>;
  write(text: string): Promise<void>;
}

/** The phone of the person with this id in Telegram. */
export function phoneOn(page: Page, id: number): Phone {
  const element = page.getByTestId(`phone-${id}`);
  const shows = (words: string | RegExp) =>
    element.getByTestId("chat").locator("article").filter({ hasText: words }).last();
  return {
    page,
    element,
    shows,
    tap: (button, words) => shows(words).getByRole("button", { name: button }).click(),
    async write(text) {
      await element.getByTestId("composer").fill(text);
      await element.getByTestId("composer").press("Enter");
    },
  };
}
