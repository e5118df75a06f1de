import { z } from "zod";
import type { SystemUser } from "../../contract/system.ts";
import type { Chat, Wait } from "../../dialogs/chat.ts";
import { pageUrl } from "../../dialogs/page-url.ts";
import { excerpt } from "../excerpt.ts";
import { menuFor } from "../menu.ts";
import { unlessRefused } from "../unless-refused.ts";
import { unlessSilent } from "../unless-silent.ts";
import { accountAnotherChat } from "./account-another-chat.ts";
import { sayBarred } from "./barred.ts";
import { findUser } from "./find-user.ts";
import { linkWords } from "./link-words.ts";
import { nameOf } from "./name-of.ts";
import { welcome } from "./welcome.ts";
import { words } from "./words.ts";

/** What a run carries of a link from the site. */
export const LinkData = z.object({
  token: z.string(),
  /** Whose link it is. */
  userId: z.string(),
  /** Who is signed in here, where they are asked whether the other is to take their place. */
  presentId: z.string(),
});

/** A chat whose dialog takes links from the site: it has the steps of `byLink`. */
type LinkChat = Chat<
  "enter" | "connect" | "leaveIt",
  never,
  { phone: string; userId: string; link: z.infer<typeof LinkData> | null }
>;

/** Whoever began with a link from the site becomes that user; another account in its chat only gives way if they say so. */
export async function openLink(chat: LinkChat, token: string): Promise<Wait | undefined> {
  if (chat.barred) return void (await sayBarred(chat, chat.barred));
  const taken = await chat.takeLink(token);
  if (taken.kind !== "good") return sayOver(chat, taken.kind);
  const link = { token, userId: taken.userId, presentId: "" };
  const user = await unlessSilent(ownerOf(chat, link.userId));
  if (user !== "silent") return enter(chat, link, user);
  await chat.say(linkWords.silent);
  return chat.goto("enter", { ...NOBODY, link });
}

/** The steps of a dialog that takes links from the site. */
export const byLink = {
  /** In the background, where the system was silent: whoever is here by then is decided about. */
  async enter(chat: LinkChat, { data: { link } }: Turn): Promise<Wait | undefined> {
    return link ? enter(chat, link, await ownerOf(chat, link.userId)) : undefined;
  },

  /** They have said that the other account is to take the present one's place. */
  async connect(chat: LinkChat, { data: { link } }: Turn): Promise<Wait | undefined> {
    if (!link) return undefined;
    // First what may be silent: nothing is taken before, and whoever is here by then is looked at anew.
    const user = await ownerOf(chat, link.userId);
    const { person } = chat;
    if (chat.barred || !user?.active || person?.userId !== link.presentId) return enter(chat, link, user);
    const taken = await chat.takeLink(link.token);
    if (taken.kind !== "good") return sayOver(chat, taken.kind);
    const leftUserId = (await chat.signOut()) ? person.userId : "";
    return receive(chat, user, leftUserId);
  },

  async leaveIt(chat: LinkChat): Promise<void> {
    if (!chat.person) return chat.say(words.notSignedIn);
    await chat.say({ text: linkWords.left(nameOf(chat)), buttons: menuFor(chat) });
  },
};

interface Turn {
  readonly data: { readonly link: z.infer<typeof LinkData> | null };
}

const NOBODY = { phone: "", userId: "" };

/** The user whose link it is; `null` where the system knows them no more. */
function ownerOf(chat: LinkChat, userId: string): Promise<SystemUser | null> {
  return unlessRefused(findUser(chat, { userId }));
}

async function enter(
  chat: LinkChat,
  link: z.infer<typeof LinkData>,
  user: SystemUser | null,
): Promise<Wait | undefined> {
  const { barred, person } = chat;
  if (barred) return void (await sayBarred(chat, barred));
  if (!user) return void (await chat.say({ text: linkWords.noSuchUser, buttons: menuFor(chat) }));
  if (!user.active) return void (await chat.say({ text: words.inactive, buttons: menuFor(chat) }));
  if (!person) {
    // The system may have been silent for long: by now the link may be over, or ended.
    const taken = await chat.takeLink(link.token);
    return taken.kind === "good" ? receive(chat, user, "") : sayOver(chat, taken.kind);
  }
  if (person.userId === user.userId) {
    const text = linkWords.alreadyConnected(nameOf(chat));
    return void (await chat.say({ text, buttons: menuFor(chat) }));
  }
  const name = fullNameOf(user);
  const data = { ...NOBODY, link: { ...link, presentId: person.userId } };
  const options = { connect: linkWords.connect(excerpt(name)), leaveIt: linkWords.leaveIt };
  return chat.choose(linkWords.another(nameOf(chat), name), options, { data });
}

async function receive(chat: LinkChat, user: SystemUser, leftUserId: string): Promise<undefined> {
  const greeting = () => linkWords.connected(fullNameOf(user));
  await welcome(chat, user, { greeting, isUnexpected: true, leftUserId });
  if (!chat.person) return;
  // Whoever opens a link is let in: the account's other chats are to know of it.
  const { leadId: newLeadId, firstName: leadName } = chat;
  await chat.call(accountAnotherChat, { userId: user.userId, newLeadId, leadName });
}

async function sayOver(chat: LinkChat, why: "used" | "expired"): Promise<undefined> {
  const profile = { label: words.openProfile, url: pageUrl(chat.siteUrl, "profile") };
  const signIn = { label: words.signIn, command: "start" };
  await chat.say({ text: linkWords[why], buttons: chat.person ? [[profile]] : [[profile], [signIn]] });
}

/** What a person reads of a user whom they may not be. */
function fullNameOf({ firstName, lastName, userId }: SystemUser): string {
  return `${firstName} ${lastName}`.trim() || userId;
}
