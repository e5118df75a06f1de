import { type Message, type Person, wordsOf } from "./person.ts";

/** What the bot gave somebody who wants to open the site. */
export interface GivenLink {
  readonly url: URL;
  readonly buid: string;
  readonly pin: string;
}

/** Somebody asks the bot to open the site, and gets a link and a PIN. */
export async function askForLink(person: Person): Promise<GivenLink> {
  const after = await person.say("/site");
  const shown = await person.sees(/Ваш PIN|Your PIN/, { after });
  const link = (await person.heard()).findLast((message) => urlOf(message).includes("buid="));
  const url = new URL(link ? urlOf(link) : "");
  return { url, buid: url.searchParams.get("buid") ?? "", pin: pinIn(shown) };
}

/** The PIN that a message of the bot shows. */
export function pinIn(message: Message): string {
  return /\b\d{6}\b/.exec(wordsOf(message))?.[0] ?? "";
}

/** The address of the first button of a message that opens a page; empty where none does. */
export function urlOf({ reply_markup }: Message): string {
  const buttons = reply_markup?.inline_keyboard.flat() ?? [];
  return buttons.map(({ url }) => url).find((url) => typeof url === "string") ?? "";
}

/** Another PIN than this. */
export function wrong(pin: string): string {
  return pin === "000000" ? "000001" : "000000";
}
