import type { World } from "./world.ts";

/** A page as a browser shows it after all redirects. */
export interface Shown {
  readonly status: number;
  readonly path: string;
  readonly html: string;
  /** What stands between header and footer. */
  readonly main: string;
  readonly headers: Headers;
  /** The `data-testid`s on it. */
  readonly marks: readonly string[];
}

/** What a browser keeps of the site: cookies with their paths. Its tabs share it. */
export interface Jar {
  readonly cookies: Map<string, { readonly value: string; readonly path: string }>;
  /** Everything that could be seen on the way: addresses asked for, and what the answers' headers said. */
  readonly seen: string[];
}

/** More redirects than this site ever makes in a row. */
const MOST_REDIRECTS = 5;

/** A browser without scripts: keeps cookies by their path, follows redirects, sends the forms that stand on a page. */
export function tab({ site }: Pick<World, "site">, jar: Jar = { cookies: new Map(), seen: [] }) {
  let shown: Shown = { status: 0, path: "", html: "", main: "", headers: new Headers(), marks: [] };

  async function ask(path: string, init: RequestInit = {}, left = MOST_REDIRECTS): Promise<Shown> {
    const headers = { ...(init.headers as Record<string, string>), Cookie: cookiesFor(jar, path) };
    const answer = await fetch(site.url + path, { ...init, headers, redirect: "manual" });
    jar.seen.push(path, ...[...answer.headers].map(([name, value]) => `${name}: ${value}`));
    keepCookies(jar, answer.headers);
    const next = answer.headers.get("location");
    if (next !== null && left > 0) return ask(next, {}, left - 1);
    const html = await answer.text();
    const marks = [...html.matchAll(/data-testid="([\w-]+)"/g)].map(([, mark = ""]) => mark);
    const main = /<main[^>]*>([\s\S]*)<\/main>/.exec(html)?.[1] ?? "";
    return { status: answer.status, path, html, main, headers: answer.headers, marks };
  }

  /** What the form of this action would send, were it sent as it stands. */
  const fieldsOf = (action: string) => formFields(shown.html, action);
  const post = (action: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    ask(action, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { Origin: site.url, ...headers },
    });

  return {
    jar,
    fieldsOf,
    /** Sends fields as they are, without showing the answer. */
    post,
    shown: () => shown,
    /** Another tab of the same browser. */
    another: () => tab({ site }, jar),
    async open(path: string): Promise<Shown> {
      shown = await ask(path);
      return shown;
    },
    /** Sends the form of the page that is shown, with these fields filled in. */
    async send(action: string, fields: Record<string, string> = {}): Promise<Shown> {
      shown = await post(action, { ...fieldsOf(action), ...fields });
      return shown;
    },
    /** The demonstration's sign-in. */
    signIn: (userId: number) => post("/actor", { userId: String(userId), back: "/" }),
    /** Whom the site takes the visitor for: the select of the header. */
    async whoAmI(): Promise<string> {
      const { html } = await ask("/family");
      const form = html.split('data-testid="actor-switch"')[1]?.split("</form>")[0] ?? "";
      return /<option value="\d*" selected\s*>([^<]*)</.exec(form)?.[1]?.trim() ?? "";
    },
  };
}

function formFields(html: string, action: string): Record<string, string> {
  const form = html.split("<form ").find((part) => part.includes(`action="${action}"`));
  if (!form) throw new Error(`The page has no form ${action}`);
  const own = form.split("</form>", 1)[0] ?? "";
  const inputs = [...own.matchAll(/<input [^>]*?name="(\w+)"[^>]*?value="([^"]*)"/g)];
  const texts = [...own.matchAll(/<textarea [^>]*?name="(\w+)"[^>]*>([^<]*)</g)];
  return Object.fromEntries([...inputs, ...texts].map(([, name = "", value = ""]) => [name, value]));
}

function cookiesFor({ cookies }: Jar, address: string): string {
  const path = address.split("?", 1)[0] ?? "";
  const fits = (of: string) => of === "/" || path === of || path.startsWith(`${of}/`);
  return [...cookies]
    .filter(([, cookie]) => fits(cookie.path))
    .map(([name, { value }]) => `${name}=${value}`)
    .join("; ");
}

function keepCookies({ cookies }: Jar, headers: Headers): void {
  for (const cookie of headers.getSetCookie()) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    const path = /; Path=([^;]+)/.exec(cookie)?.[1] ?? "/";
    if (/Max-Age=0/.test(cookie)) cookies.delete(name);
    else cookies.set(name, { value, path });
  }
}
