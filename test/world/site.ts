import { z } from "zod";
import { askJson, type JsonAnswer, jsonRequest } from "./json.ts";

const Comments = z.object({
  comments: z.array(z.looseObject({ authorId: z.number(), authorName: z.string(), text: z.string() })),
});

/** The family site, as the family and other programs use it. */
export type SiteClient = ReturnType<typeof siteAt>;

/** The site at `url`. */
export function siteAt(url: string) {
  const headers = { Authorization: "Bearer dev-site-token" };
  const get = (path: string) => askJson(`${url}/api${path}`, { headers });
  const write = (path: string, body: object): Promise<JsonAnswer> => {
    const request = jsonRequest("POST", body);
    return askJson(`${url}/api${path}`, { ...request, headers: { ...request.headers, ...headers } });
  };
  const created = async (path: string, body: object, id: string): Promise<number> => {
    const { status, body: answer } = await write(path, body);
    if (status !== 200 && status !== 201)
      throw new Error(`The site answered ${status} to ${path}: ${JSON.stringify(answer)}`);
    return z.number().parse(answer[id]);
  };
  return {
    url,
    /** Publishes a post, by Natalia (3) unless somebody else is given, and returns its id. */
    post: (text: string, more: { readonly authorId?: number; readonly imageUrl?: string } = {}) =>
      created("/post", { authorId: 3, text, ...more }, "postId"),
    /** Publishes a comment and returns its id. */
    comment: (postId: number, authorId: number, text: string) =>
      created(`/post/${postId}/comments`, { authorId, text }, "commentId"),
    comments: async (postId: number) => Comments.parse((await get(`/post/${postId}/comments`)).body).comments,
    /** `GET /user` by a phone. */
    userByPhone: async (phone: string) => (await get(`/user?phone=${phone}`)).body,
    /** Whether the family page marks this user as one who has the bot. */
    async hasBot(userId: number): Promise<boolean> {
      const page = await (await fetch(`${url}/family`)).text();
      const member = page
        .split('data-testid="member"')
        .find((part) => part.includes(`data-user="${userId}"`));
      if (!member) throw new Error(`User ${userId} is not on the family page`);
      return member.includes('data-testid="bot-mark"');
    },
    /** The site's pages as this user sees and fills them in; the first step signs them in. */
    as: (userId: number) => visitorAt(url, userId),
    /** The path of the page of the request whose title begins so. */
    async requestPage(title: string): Promise<string> {
      const list = await (await fetch(`${url}/requests`)).text();
      const request = list.split('data-testid="request"').find((part) => part.includes(`>${title}`));
      const id = /data-request="(\d+)"/.exec(request ?? "")?.[1];
      if (id === undefined) throw new Error(`No request is called ${title}`);
      return `/requests/${id}`;
    },
    /** What the post's page says of the bot. */
    botStatus: async (postId: number) => (await fetch(`${url}/posts/${postId}/live`)).text(),
  };
}

function visitorAt(url: string, userId: number) {
  let session: string | null = null;
  const headers = async () => {
    session ??= await cookieFor(url, userId);
    return { Cookie: session };
  };
  return {
    /** A page, or a part of it. */
    async read(path: string): Promise<string> {
      const page = await fetch(new URL(path, url), { headers: await headers() });
      const text = await page.text();
      if (page.status !== 200) throw new Error(`${path}: ${page.status} ${text.slice(0, 500)}`);
      return text;
    },
    /** Sends a form, which must be taken, with a key of its own as each form of a page has one. */
    async send(path: string, fields: Readonly<Record<string, string>> = {}): Promise<void> {
      const answer = await fetch(`${url}${path}`, {
        method: "POST",
        redirect: "manual",
        headers: { ...(await headers()), Origin: url },
        body: new URLSearchParams({ formKey: crypto.randomUUID(), ...fields }),
      });
      const text = await answer.text();
      session = sessionIn(answer) ?? session;
      if (answer.status !== 303) throw new Error(`${path}: ${answer.status} ${text.slice(0, 500)}`);
    },
  };
}

/** Signs in as the demonstration lets one. */
async function cookieFor(url: string, userId: number): Promise<string> {
  const answer = await fetch(`${url}/actor`, {
    method: "POST",
    redirect: "manual",
    headers: { Origin: url },
    body: new URLSearchParams({ userId: String(userId), back: "/" }),
  });
  await answer.arrayBuffer();
  const cookie = sessionIn(answer);
  if (!cookie) throw new Error(`The site lets nobody in as ${userId}: ${answer.status}`);
  return cookie;
}

/** The session that an answer opens, or has under a fresh id. */
function sessionIn(answer: Response): string | null {
  const cookie = answer.headers.getSetCookie().find((one) => one.startsWith("session="));
  return cookie?.split(";", 1)[0] ?? null;
}
