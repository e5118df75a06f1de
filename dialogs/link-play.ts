import type { PinProof } from "../contract/linking.ts";
import { FORM_LINK_MS } from "../contract/linking.ts";
import type { FormLink, Links, OpenedLink, StartLink } from "../contract/ports.ts";
import { inLanguage, type Language } from "../contract/words.ts";
import type { Chat } from "./chat.ts";
import type { Effects } from "./effects.ts";
import { pageUrl } from "./page-url.ts";

/** Lifetimes of links without a PIN: never more than an hour (requirement 53). */
export type FormTime = "15 minutes" | "30 minutes" | "1 hour";

const FORM_TIMES: Readonly<Record<FormTime, number>> = {
  "15 minutes": FORM_LINK_MS / 4,
  "30 minutes": FORM_LINK_MS / 2,
  "1 hour": FORM_LINK_MS,
};

/** A page of the site that a link opens. */
export interface PinPage {
  /** Without a slash at its beginning; "" is the first page. */
  readonly path: string;
  readonly pin?: true;
}

/** A page of the site that a link opens without a PIN. */
export interface FormPage {
  readonly path: string;
  readonly pin: false;
  readonly within: FormTime;
}

/** A link that names whoever is in the chat, and the PIN that proves them; or when the next is given out. */
export type PinLink =
  | { readonly kind: "opened"; readonly url: string; readonly pin: string; readonly expiresAt: number }
  | { readonly kind: "too-many"; readonly until: number };

/** `Links`, for the lead of one conversation. */
export interface ChatLinks extends Pick<Links, "pin" | "token"> {
  open(once: string): Promise<OpenedLink>;
  openForm(link: FormLink, once: string): Promise<void>;
  take(token: string): Promise<StartLink>;
  openCode(once: string): Promise<"opened" | "too-many">;
  sendCode(phone: string, text: string, once: string): void;
  checkCode(code: string, once: string): Promise<PinProof>;
}

/** What links need of a playing of a step. */
interface Playing {
  readonly links: ChatLinks;
  readonly effects: Effects;
  readonly siteUrl: string;
  readonly language: Language;
  /** A key for this step of this run, that no other has. */
  readonly key: string;
  /** The step's own time, milliseconds since 1970. */
  now(): number;
}

/** The members of a chat that give out links and codes, and take them. */
export type LinkPlay = Pick<Chat, "link" | "takeLink" | "openCode" | "sendCode" | "checkCode">;

const REPEAT = { kind: "repeat" } as const;

/**
 * Links and codes for one playing of a step. Nothing secret is logged with the step: what is secret is made anew from
 * the name of the effect, and is the same.
 */
export function linkPlay(play: Playing): LinkPlay {
  const { links, effects, language } = play;
  /** The name of the effect that comes next; to be asked before anything is awaited. */
  const nameOfNext = () => `${play.key}/${effects.next}`;
  function link(page: PinPage): Promise<PinLink>;
  function link(page: FormPage): Promise<string>;
  function link(page: PinPage | FormPage): Promise<PinLink | string> {
    return page.pin === false ? formLink(play, page, nameOfNext()) : pinLink(play, page, nameOfNext());
  }
  return {
    link,
    takeLink: (token) => effects.once(REPEAT, () => links.take(token)),
    async openCode() {
      const once = nameOfNext();
      return (await effects.once(REPEAT, () => links.openCode(once))) === "opened" ? once : null;
    },
    // A text that may have been sent is not sent again: whoever got none asks for another code.
    async sendCode(code, phone, text) {
      const words = inLanguage(text(await links.pin(code)), language);
      await effects.once({ kind: "assume", value: null }, async () => {
        links.sendCode(phone, String(words), code);
        return null;
      });
    },
    checkCode(typed) {
      const once = nameOfNext();
      return effects.once<PinProof>(REPEAT, () => links.checkCode(typed, once));
    },
  };
}

async function pinLink(
  { links, effects, siteUrl }: Playing,
  { path }: PinPage,
  once: string,
): Promise<PinLink> {
  const opened = await effects.once<OpenedLink>(REPEAT, () => links.open(once));
  if (opened.kind === "too-many") return opened;
  const { buid, expiresAt } = opened;
  return { kind: "opened", url: pageUrl(siteUrl, path, { buid }), pin: await links.pin(once), expiresAt };
}

async function formLink(
  { links, effects, siteUrl, now }: Playing,
  { path, within }: FormPage,
  once: string,
): Promise<string> {
  const expiresAt = now() + FORM_TIMES[within];
  await effects.once(REPEAT, async () => {
    await links.openForm({ path, expiresAt }, once);
    return null;
  });
  return pageUrl(siteUrl, path, { token: await links.token(once) });
}
