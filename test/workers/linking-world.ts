import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { conversationName, type LeadProfile } from "../../contract/lead.ts";
import type { StartLink } from "../../contract/ports.ts";
import type { PinObject } from "../../durable-objects/pin/pin.ts";
import { buidPin } from "../../durable-objects/pin/pin-name.ts";
import { accountOf } from "../../schema/account-of.ts";
import { apiTokens, newToken } from "../../schema/api-tokens.ts";
import { tokenById } from "../../schema/token-check.ts";
import { type House, houseFrom } from "../../workers/house.ts";
import type { AnyEndpoint } from "../../workers/linking/endpoint.ts";
import { linksFrom } from "../../workers/links.ts";
import type { Network } from "./network.ts";

/** The Worker's own house. */
export const house: House = houseFrom(env);

/** The name by which the messenger knows everybody here. */
export const LEAD_NAME = "Алиса";

export const MINUTE = 60_000;

let last = 5_000;

/** A number that nobody else has, for a chat or a user. */
export function someone(): number {
  last += 1;
  return last;
}

/** A chat with bot 1 in which somebody has written who is nobody yet; its lead. */
export async function strangerIn(chat: number = someone()): Promise<number> {
  const externalId = String(chat);
  const address = { botId: "1", channel: "telegram", externalId } as const;
  const { leadId } = await house.directory.lead(address, { externalId, firstName: LEAD_NAME }, "ru");
  return leadId;
}

/** A chat in which a user of the main system is signed in; its lead. */
export async function chatOf(userId: number, chat?: number): Promise<number> {
  const leadId = await strangerIn(chat);
  await signInAs(leadId, userId);
  return leadId;
}

/** Makes a lead the person of a user of the main system, as a dialog does. */
export function signInAs(leadId: number, userId: number): Promise<LeadProfile> {
  const names = { firstName: `Имя${userId}`, lastName: "Пушкин", patronymic: "", phone: "", email: "" };
  const user = { userId: String(userId), active: true, role: "user", location: {}, ...names };
  return house.directory.signIn(leadId, "1", user);
}

/** Signs out of one chat, as a dialog does. */
export async function signOutOf(leadId: number): Promise<void> {
  await house.directory.signOut(leadId, await personIn(leadId));
}

/** The person in a chat. */
export async function personIn(leadId: number): Promise<number> {
  const row = await env.DB.prepare("SELECT person_id AS id FROM leads WHERE id = ?")
    .bind(leadId)
    .first<{ id: number }>();
  return row?.id ?? 0;
}

/** The user of the main system in a chat, as a number. */
export async function userIn(leadId: number): Promise<number | null> {
  const userId = await accountOf(house.db, "1", { leadId });
  return userId === null ? null : Number(userId);
}

/** A link with a PIN, given out without a dialog. */
export async function openLink(leadId: number, once: string = crypto.randomUUID()) {
  const links = linksFrom({ ...house, now: Date.now });
  const opened = await links.open({ botId: "1", leadId }, once);
  if (opened.kind !== "opened") throw new Error("Too many PINs were given out");
  const pin = await links.pin(once);
  return { buid: opened.buid, expiresAt: opened.expiresAt, pin, once };
}

/** A link to a page of the site without a PIN, given out without a dialog; its token. */
export async function openForm(leadId: number, path = "gathering", lasts = 60 * MINUTE): Promise<string> {
  const links = linksFrom({ ...house, now: Date.now });
  const once = crypto.randomUUID();
  await links.openForm({ botId: "1", leadId }, { path, expiresAt: Date.now() + lasts }, once);
  return links.token(once);
}

/** What a link from the site comes to in a chat, taken without a dialog. */
export function take(leadId: number, token: string): Promise<StartLink> {
  return linksFrom({ ...house, now: Date.now }).take({ botId: "1", leadId }, token);
}

/** A PIN that is another one. */
export function notThe(pin: string, by = 1): string {
  return String((Number(pin) + by) % 1_000_000).padStart(6, "0");
}

/** The object of a BUID's PIN. */
export function pinOf(buid: string): DurableObjectStub<PinObject> {
  return house.pin(buidPin("1", buid));
}

/** All that an object of a PIN keeps. */
export function keptOf(buid: string): Promise<Record<string, unknown>> {
  return runInDurableObject(pinOf(buid), async (_, { storage }) => Object.fromEntries(await storage.list()));
}

/** Time passes, for the Worker and all its objects; the test has to have taken the clock (`vi.useFakeTimers`). */
export function pass(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}

/** The main system answers so, as long as `lasts` says. */
export function systemAnswers(network: Network, status: number, lasts: () => boolean = () => true): void {
  network.answerers.unshift(({ url }) =>
    url.host === "site.test" && lasts() ? new Response("{}", { status }) : undefined,
  );
}

/** Another token of the API; the header that it goes into. */
export async function tokenFor(aliases: readonly string[], bots: readonly string[] = ["1"]) {
  const { token, hash } = await newToken();
  const row = { id: crypto.randomUUID(), name: "Another", hash, bots, aliases, createdAt: new Date() };
  await house.db.insert(apiTokens).values({ ...row, callsPerMinute: null });
  return { id: row.id, headers: { authorization: `Bearer ${token}` } };
}

/** Asks an endpoint of bot 1 as its route does, in a house of the test's own, under a key that was seen before. */
export async function ask(
  endpoint: AnyEndpoint,
  params: object,
  by: House,
  requestId: string,
  tokenId = "dev",
) {
  const [bot, token] = [await house.bots.find("1"), await tokenById(house.db, tokenId, new Date())];
  if (!bot || !token) throw new Error("The demo has no bot");
  const work: Promise<unknown>[] = [];
  const afterwards = (one: Promise<unknown>) => void work.push(one);
  const read = endpoint.params.parse(params);
  try {
    return await endpoint.act({ params: read, bot, token, house: by, requestId, afterwards });
  } finally {
    await Promise.allSettled(work);
  }
}

/** A method of an object's stub, that is itself no function which could be wrapped. */
export function methodOf(stub: object, name: string | symbol): unknown {
  const value: unknown = Reflect.get(stub, name);
  return typeof value === "function" ? (...given: unknown[]) => Reflect.apply(value, stub, given) : value;
}

/** Has the conversation of a chat fail at whatever it is asked; the way back. */
export async function breakChat(chat: number): Promise<() => Promise<void>> {
  const address = { botId: "1", channel: "telegram", externalId: String(chat) } as const;
  const ports = (value?: () => never) =>
    runInDurableObject(env.CONVERSATIONS.getByName(conversationName(address)), (conversation) => {
      const inside = conversation as unknown as { ports?: () => never };
      if (value) inside.ports = value;
      else delete inside.ports;
    });
  await ports(() => {
    throw new Error("a conversation that is broken");
  });
  return () => ports();
}
