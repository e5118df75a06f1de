import type { Shown } from "../kit/fake-channel.ts";
import type { Person } from "../kit/person.ts";
import type { World } from "../kit/world.ts";
import { accountWorld } from "./account-world.ts";
import { user } from "./family-world.ts";

/** What is said once a code was asked for, whoever it is for. */
export const CODE_SENT = "Если такой пользователь есть, на его телефон отправлен код.";

/** The page that a message's button of this label opens, outside the messenger or in it. */
export function pageOf({ buttons }: Shown, label: string): URL {
  const button = buttons.find((one) => one.label === label);
  if (button && "url" in button) return new URL(button.url);
  if (button && "app" in button) return new URL(button.app);
  throw new Error(`No page stands behind "${label}"`);
}

/** The links with a PIN that a person has, the newest last: what the site is told of them, and what stands in the chat. */
export function linksOf({ phone }: Person): readonly { readonly buid: string; readonly pin: string }[] {
  const { shown } = phone;
  return shown.flatMap(({ html }, at) => {
    const pin = /<code>(\d{6})<\/code>/.exec(html)?.[1];
    if (pin === undefined) return [];
    const [link] = shown[at - 1]?.buttons ?? [];
    const buid = link && "url" in link ? new URL(link.url).searchParams.get("buid") : null;
    return [{ buid: buid ?? "", pin }];
  });
}

/** The link with a PIN that a person got last. */
export function linkOf(person: Person): { readonly buid: string; readonly pin: string } {
  const link = linksOf(person).at(-1);
  if (!link) throw new Error("There is no link with a PIN in this chat");
  return link;
}

/** The code in the text that went to a phone last. */
export function codeIn(world: World): string {
  const code = /\d{6}/.exec(world.links.texts.at(-1)?.text ?? "")?.[0];
  if (code === undefined) throw new Error("No code came by SMS");
  return code;
}

/** A code of six digits that is another than this. */
export function otherThan(code: string): string {
  return code === "000000" ? "000001" : "000000";
}

/** Alice and Bob are signed in; a third user is on the site, and a stranger in a chat. */
export async function linkWorld() {
  const known = await accountWorld();
  known.world.system.users.push(user("5", "Вера", "+79180000005"));
  const stranger = known.world.person({ firstName: "Verochka", phone: "+79180000999" });
  const opens = (token: string) => stranger.types(`/start ${token}`);
  return { ...known, stranger, opens };
}

/** Alice and Bob are signed in; Vera is on the site, and in a chat whose number the site does not know. */
export async function codeWorld() {
  const known = await accountWorld();
  const vera = { ...user("5", "Вера", "+79180000005"), email: "Vera@site.test" };
  known.world.system.users.push(vera);
  const stranger = known.world.person({ firstName: "Verochka", phone: "+79180000999" });
  const asks = async (key: string) => {
    await stranger.types("/signin");
    await stranger.types(key);
  };
  const who = () => known.world.directory.profileOf(stranger.externalId)?.person?.userId ?? null;
  return { ...known, stranger, asks, who };
}
