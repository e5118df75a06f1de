import type { Words } from "../contract/words.ts";
import type { Chat, SayButton } from "../dialogs/chat.ts";
import { pageUrl } from "../dialogs/page-url.ts";
import { words } from "./account/words.ts";
import { newSite } from "./family-site/newsite.ts";
import { support } from "./helpdesk/support.ts";

/** A button of a menu: it does what a command of the bot does, or opens a page of its site, in the messenger itself too. */
type MenuButton =
  | { readonly label: Words<string>; readonly command: string }
  | { readonly label: Words<string>; readonly page: string }
  | { readonly label: Words<string>; readonly app: string };

/** Rows of buttons. */
type Menu = readonly (readonly MenuButton[])[];

/** The role whose menu everybody gets whose own role has none. */
const USER = "user";

const openSite = { label: words.openSite, command: "site" };
const openHere = { label: words.openHere, app: "app" };
const workplace = { label: words.workplace, page: "requests" };
const administration = { label: words.administration, page: "admin" };
const help = { label: words.help, command: "help" };
const pause = { label: words.pause, command: "pause" };
const resume = { label: words.resume, command: "resume" };
const logout = { label: words.logout, command: "logout" };
const notMe = { label: words.notMe, command: "logout" };

/** The menu of those who have not signed in, or whom an administrator has blocked. */
const strangers: Menu = [[{ label: words.signIn, command: "start" }], [openSite], [help]];

/** What the menu of a role begins with. The roles are those of the main system. */
const roles: ReadonlyMap<string, Menu> = new Map<string, Menu>([
  [USER, [[openSite]]],
  ["employee", [[openSite, workplace]]],
  ["manager", [[openSite], [workplace, administration]]],
  ["administrator", [[openSite, administration]]],
]);

/** What the maps add for everybody who is signed in. */
const ofMaps: Menu = [
  [{ label: newSite.summary, command: newSite.command }],
  [{ label: support.summary, command: support.command }],
];

/** What every role's menu ends with. */
const signedIn = (isPaused: boolean): Menu => [[isPaused ? resume : pause], [help, logout]];

/**
 * The menu for whoever is in the chat: strangers', or that of their role.
 * @param isUnexpected whether they were signed in without having said here as whom: then it begins with the way out
 */
export function menuFor(
  { person, pausedUntil, siteUrl, commands }: Pick<Chat, "person" | "pausedUntil" | "siteUrl" | "commands">,
  isUnexpected = false,
): readonly (readonly SayButton[])[] {
  const menu = person ? menuOf(person.role, pausedUntil !== null) : strangers;
  const whole = person && isUnexpected ? [[notMe], ...menu] : menu;
  // A bot need not have all maps, and a button must not lead nowhere.
  const isThere = (button: MenuButton) =>
    !("command" in button) || commands.some(({ command }) => command === button.command);
  const rows = whole.map((row) => row.filter(isThere)).filter((row) => row.length > 0);
  return rows.map((row) => row.map((button) => shown(button, siteUrl)));
}

function menuOf(role: string, isPaused: boolean): Menu {
  const own = roles.get(role) ?? roles.get(USER) ?? [];
  return [...own, [openHere], ...ofMaps, ...signedIn(isPaused)];
}

function shown(button: MenuButton, siteUrl: string): SayButton {
  if ("command" in button) return button;
  const { label } = button;
  return "app" in button
    ? { label, app: pageUrl(siteUrl, button.app) }
    : { label, url: pageUrl(siteUrl, button.page) };
}
