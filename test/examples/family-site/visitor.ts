import type { World } from "./world.ts";

/** A key that a form carries. */
export const KEY = "5f2c1a80-6d3e-4b7a-9c11-0d9b7f3a2e55";

/** Sends a form as a browser of this site would. */
export function sendForm(
  { site }: World,
  path: string,
  fields: Record<string, string | File>,
  headers: Record<string, string> = {},
): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  const body = Object.values(fields).some((value) => value instanceof File)
    ? form
    : new URLSearchParams(fields as Record<string, string>);
  return fetch(site.url + path, {
    method: "POST",
    body,
    redirect: "manual",
    headers: { Origin: site.url, ...headers },
  });
}

/** Signs in as the demonstration lets one, bringing these headers; the cookie as a browser sends it back. */
export async function signIn(
  world: World,
  userId: number,
  headers: Record<string, string> = {},
): Promise<string> {
  const answer = await sendForm(world, "/actor", { userId: String(userId), back: "/" }, headers);
  return cookieOf(answer);
}

/** The session's cookie that an answer sets, as a browser sends it back; empty where it sets none. */
export function cookieOf(answer: Response): string {
  return (
    answer.headers
      .getSetCookie()
      .find((cookie) => cookie.startsWith("session="))
      ?.split(";")[0] ?? ""
  );
}

/**
 * Somebody at the site's pages: one member of the family, who signs in at the first step, or a guest. A fresh session
 * that an answer brings is theirs from then on.
 */
export function visitor(world: World, userId: number | "guest") {
  let cookie: Promise<string> | null = null;
  const headers = async (): Promise<Record<string, string>> => {
    if (userId === "guest") return {};
    cookie ??= signIn(world, userId);
    return { Cookie: await cookie };
  };
  const send = async (path: string, fields: Record<string, string | File>, more: Record<string, string>) => {
    const answer = await sendForm(world, path, fields, { ...(await headers()), ...more });
    const fresh = cookieOf(answer);
    if (cookie !== null && fresh !== "") cookie = Promise.resolve(fresh);
    return answer;
  };
  const get = async (path: string) =>
    fetch(world.site.url + path, { headers: await headers(), redirect: "manual" });
  const read = async (path: string) => (await get(path)).text();
  return {
    get,
    read,
    send: (path: string, fields: Record<string, string | File> = {}, more: Record<string, string> = {}) =>
      send(path, fields, more),
    /** Fills in one form of a page as it stands there, changes some fields and sends it. */
    async sendFrom(page: string, action: string, fields: Record<string, string> = {}) {
      return send(action, { ...valuesOf(await read(page), action), ...fields }, {});
    },
    /** What a page says of the bot, newest first: `users/block sent: Бот пишет в Telegram`. */
    async told(page: string) {
      const items = (await read(page)).split('data-testid="told-item"').slice(1);
      return items.map((item) => {
        const found = /data-alias="([^"]+)"[\s\S]*?data-state="(\w+)"[\s\S]*?<span>([^<]*)/.exec(item);
        return `${found?.[1]} ${found?.[2]}: ${found?.[3]}`;
      });
    },
  };
}

/** What the bot was asked for: the alias and the parameters of each call, in order. */
export function askedOf({ bot }: World): (readonly [string, Record<string, unknown>])[] {
  return bot.calls.map(({ path, params }) => [path.replace("/api/v1/bots/1/call/", ""), params] as const);
}

/** The fields of the form with this action, as a browser would send it untouched. Throws where there is none. */
function valuesOf(page: string, action: string): Record<string, string> {
  const form = page.split("<form ").find((part) => part.includes(`action="${action}"`));
  if (!form) throw new Error(`The page has no form ${action}`);
  const own = form.split("</form>", 1)[0] ?? "";
  const inputs = [...own.matchAll(/<input [^>]*?name="(\w+)"[^>]*?value="([^"]*)"/g)];
  const selects = [...own.matchAll(/<select [^>]*?name="(\w+)"[\s\S]*?<option value="([^"]*)" selected/g)];
  return Object.fromEntries([...inputs, ...selects].map(([, name = "", value = ""]) => [name, value]));
}
