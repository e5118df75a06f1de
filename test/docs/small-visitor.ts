/** A page as a browser has it after all redirects. */
export interface Seen {
  readonly status: number;
  /** The address that it has come to. */
  readonly path: string;
  readonly html: string;
  readonly headers: Headers;
}

/** A browser without scripts: one cookie, redirects, the stamp of the form that it shows. */
export class SmallVisitor {
  readonly #url: string;
  /** The session's id. */
  cookie = "";
  /** The page that it shows. */
  seen: Seen = { status: 0, path: "", html: "", headers: new Headers() };

  constructor(url: string) {
    this.#url = url;
  }

  /** Opens an address. */
  async open(path: string): Promise<Seen> {
    this.seen = await this.#ask(path);
    return this.seen;
  }

  /** Sends a form: what is hidden in that of the page that it shows, and these fields. */
  async send(path: string, fields: Readonly<Record<string, string>> = {}): Promise<Seen> {
    this.seen = await this.post(path, { ...this.hidden(), ...fields });
    return this.seen;
  }

  /** Sends these fields, from a page of `origin`, and shows nothing. */
  post(path: string, fields: Readonly<Record<string, string>>, origin = this.#url): Promise<Seen> {
    return this.#ask(path, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { Origin: origin },
    });
  }

  /** What is hidden in the form of the page that it shows. */
  hidden(): Record<string, string> {
    const inputs = this.seen.html.matchAll(/<input type="hidden" name="(\w+)"\s+value="([^"]*)"/g);
    return Object.fromEntries([...inputs].map(([, name = "", value = ""]) => [name, value]));
  }

  async #ask(path: string, init: RequestInit = {}): Promise<Seen> {
    const headers = { ...(init.headers as Record<string, string>), Cookie: `session=${this.cookie}` };
    const answer = await fetch(this.#url + path, { ...init, headers, redirect: "manual" });
    const [, id] = /^session=([^;]+)/.exec(answer.headers.getSetCookie().join()) ?? [];
    this.cookie = id ?? this.cookie;
    const next = answer.headers.get("location");
    if (next !== null) return this.#ask(next);
    return { status: answer.status, path, html: await answer.text(), headers: answer.headers };
  }
}
