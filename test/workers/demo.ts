import { env, exports } from "cloudflare:workers";
import { vi } from "vitest";
import { webhookSecret } from "../../channels/telegram/webhook-secret.ts";
import { seedDevelopment } from "../../schema/seed-development.ts";
import type { Network } from "./network.ts";

/** Puts bot 1 and `dev-token` into the database, and a main system with users and a post on the network. */
export async function demo(network: Network): Promise<void> {
  await seedDevelopment(env.DB, env.SEALING_KEY, { site: "http://site.test" });
  network.answerers.push(({ url, method }) => {
    if (url.host !== "site.test") return undefined;
    const path = url.pathname.replace("/api", "");
    if (method === "GET" && path === "/user") return userAnswer(url.searchParams);
    if (method === "GET" && path === "/post/1") return Response.json(post);
    if (path === "/post/1/comments") return Response.json({ commentId: 7 });
    return path.startsWith("/user/") ? Response.json({ success: true }) : undefined;
  });
}

const post = {
  postId: 1,
  authorId: 3,
  authorName: "Наталья Пушкина",
  text: "Мы переезжаем!",
  imageUrl: null,
  url: "http://site.test/posts/1",
};

/** Users of the main system: their phone tells their id. */
const phoneOf = (userId: number) => `7918000${String(userId).padStart(4, "0")}`;

function userAnswer(query: URLSearchParams): Response {
  const userId = Number(query.get("phone")?.slice(-4) ?? query.get("userId"));
  const phone = phoneOf(userId);
  if (query.has("phone") && query.get("phone") !== phone)
    return Response.json({ error: "user-not-found" }, { status: 404 });
  const names = { surname: "Пушкин", name: `Имя${userId}`, patronymic: null };
  return Response.json({ userId, ...names, role: "user", isActive: true, phone, email: null });
}

let updates = 0;

/** The next number of an update. */
export function nextUpdate(): number {
  updates += 1;
  return updates;
}

/** A message of a person, as Telegram sends it. */
export function messageOf(userId: number, content: object, updateId: number = nextUpdate()): object {
  const from = { id: userId, is_bot: false, first_name: "Алиса", language_code: "ru" };
  const message = {
    message_id: updateId * 10,
    date: 0,
    from,
    chat: { id: userId, type: "private" },
    ...content,
  };
  return { update_id: updateId, message };
}

/** Telegram pushes an update to bot 1. */
export async function push(update: unknown, secret?: string): Promise<Response> {
  return exports.default.fetch("http://bot.test/telegram/1", {
    method: "POST",
    headers: { "x-telegram-bot-api-secret-token": secret ?? (await webhookSecret(env.SEALING_KEY, "1")) },
    body: typeof update === "string" ? update : JSON.stringify(update),
  });
}

/** The main system calls bot 1. */
export async function call(alias: string, params: unknown, headers: Record<string, string> = {}) {
  const response = await exports.default.fetch(`http://bot.test/api/v1/bots/1/call/${alias}`, {
    method: "POST",
    headers: { authorization: "Bearer dev-token", ...headers },
    body: JSON.stringify({ script_request_params: params }),
  });
  return { response, answer: (await response.json()) as Record<string, unknown> };
}

/** A person signs in by their phone, if they are not signed in yet: a user of the main system is in the chat of the same number, at most 9999. */
export async function signIn(userId: number, network: Network): Promise<void> {
  const sees = (words: RegExp) =>
    vi.waitUntil(() => network.texts(userId).some((text) => words.test(text)), { timeout: 5_000 });
  await push(messageOf(userId, { text: "/start" }));
  await sees(/Здравствуйте|С возвращением/);
  if (network.texts(userId).some((text) => text.includes("С возвращением"))) return;
  await push(messageOf(userId, { contact: { phone_number: phoneOf(userId), user_id: userId } }));
  await sees(/Меню/);
}

/** A person taps the newest button of this label in their chat. */
export async function tap(chat: number, label: string, network: Network): Promise<void> {
  const messages = network.calls("sendMessage").filter(({ body }) => body.chat_id === chat);
  const buttons = messages.flatMap(({ body }) => inlineButtons(body.reply_markup));
  const data = buttons.findLast((button) => button.text === label)?.callback_data;
  const from = { id: chat, is_bot: false, first_name: "Алиса", language_code: "ru" };
  const message = { chat: { id: chat, type: "private" } };
  await push({ update_id: nextUpdate(), callback_query: { id: "tap", from, data, message } });
}

function inlineButtons(markup: unknown): readonly { text: string; callback_data?: string }[] {
  const { inline_keyboard = [] } = (markup ?? {}) as {
    inline_keyboard?: { text: string; callback_data?: string }[][];
  };
  return inline_keyboard.flat();
}
