import { env } from "cloudflare:workers";
import type { Audience } from "../../contract/call.ts";
import { acceptCall, type NewCall } from "../../schema/audience.ts";
import { database } from "../../schema/database.ts";
import { directoryIn } from "../../schema/directory.ts";

/** The database of a test file. */
export const db = database(env.DB);

/** Who is who there; the clock stands at 1,000 unless a test moves it. */
export const clock = { now: 1_000 };
export const directory = directoryIn(db, () => clock.now);

let made = 0;

/** A call of bot 1 at the time 2,000, with what a test changes. */
export function newCall(audience: Audience, more: Partial<NewCall> = {}): NewCall {
  made += 1;
  return {
    callId: `call-${made}`,
    botId: "1",
    alias: "post/new",
    tokenId: "t",
    data: "{}",
    audience,
    leadsTold: "recent",
    critical: false,
    sendAt: null,
    expiresAt: null,
    now: 2_000,
    ...more,
  };
}

/** Accepts a call to these users; its id and its counts. */
export async function accept(userIds: readonly string[], more: Partial<NewCall> = {}) {
  const call = newCall({ userIds }, more);
  return { callId: call.callId, recipients: await acceptCall(db, call) };
}

/** The lead of a chat with bot 1. */
export async function leadOf(externalId: string, botId = "1"): Promise<number> {
  const address = { botId, channel: "telegram", externalId } as const;
  const { leadId } = await directory.lead(address, { externalId, firstName: "А" }, "ru");
  return leadId;
}

/** Signs a lead in as a user of the main system; the id of their person. */
export async function signIn(leadId: number, userId: string, role = "user"): Promise<number> {
  const names = { firstName: "А", lastName: "", patronymic: "", phone: "", email: "", location: {} };
  const { person } = await directory.signIn(leadId, "1", { userId, active: true, role, ...names });
  if (!person) throw new Error("Somebody who was signed in has no person");
  return person.personId;
}

/** A lead that is signed in. */
export async function signedIn(userId: string, externalId = `chat-${userId}`): Promise<number> {
  const leadId = await leadOf(externalId);
  await signIn(leadId, userId);
  return leadId;
}

/** The binding, and the rows that went through it since: as D1 bills them. */
export function meter(): { readonly binding: D1Database; readonly rows: { written: number; read: number } } {
  const rows = { written: 0, read: 0 };
  const note = <T extends D1Result>(result: T): T => {
    rows.written += result.meta.rows_written;
    rows.read += result.meta.rows_read;
    return result;
  };
  const metered = new WeakMap<object, D1PreparedStatement>();
  const statement = (inner: D1PreparedStatement): D1PreparedStatement => {
    const outer = {
      bind: (...values: unknown[]) => statement(inner.bind(...values)),
      all: async () => note(await inner.all()),
      run: async () => note(await inner.run()),
      raw: (options: { columnNames: true }) => inner.raw(options),
    } as unknown as D1PreparedStatement;
    metered.set(outer, inner);
    return outer;
  };
  const binding = {
    prepare: (text: string) => statement(env.DB.prepare(text)),
    batch: async (list: D1PreparedStatement[]) =>
      (await env.DB.batch(list.map((one) => metered.get(one) ?? one))).map(note),
  } as unknown as D1Database;
  return { binding, rows };
}
