import type { SayButton } from "../dialogs/chat.ts";
import { words } from "./account/words.ts";

/** Buttons of a menu, in rows. */
type Menu = readonly (readonly SayButton[])[];

/** The menu of those who have not signed in. */
const strangers: Menu = [
  [{ label: words.signIn, command: "start" }],
  [{ label: words.help, command: "help" }],
];

/** The menu of those who have. */
const signedIn = (siteUrl: string): Menu => [
  [{ label: words.openSite, url: siteUrl }],
  [
    { label: words.help, command: "help" },
    { label: words.logout, command: "logout" },
  ],
];

/** The menu of a role; `null` is a stranger's. */
export function menuOf(role: string | null, siteUrl: string): Menu {
  return role === null ? strangers : signedIn(siteUrl);
}
