import type { Keyboard, Message } from "../store/message.ts";
import type { Person } from "../store/people.ts";
import type { Sms } from "../store/sms.ts";

/** A bot one can talk to. */
export interface BotInfo {
  readonly id: number;
  readonly username: string;
  readonly first_name: string;
}

/** A chat as it stands. */
export interface ChatView {
  readonly messages: Message[];
  readonly blocked: boolean;
  readonly opened: boolean;
  readonly keyboard: Keyboard | null;
}

/** A file to be sent, its bytes in base64. */
export interface OutFile {
  readonly data: string;
  readonly name: string;
  readonly mime_type?: string;
  readonly caption?: string;
}

/** What one can send. */
export type Said =
  | { readonly text: string }
  | { readonly photo: OutFile }
  | { readonly document: OutFile }
  | { readonly voice: OutFile }
  | { readonly location: { readonly latitude: number; readonly longitude: number } };

/** What came of a tap. */
export type TapResult = { readonly url?: string; readonly callback_query_id?: string };

/** What a bot offers beside the field: commands, and the words of the button that opens its page. */
export interface BotMenu {
  readonly commands: readonly { readonly command: string; readonly description: string }[];
  readonly app?: string;
}

/** Asks the control side. Rejects with its own words. */
async function ask<T>(method: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(`/emulator${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } } : {}),
  });
  // What is too large is refused before anyone could answer in JSON.
  const json = await answer.json().catch(() => ({}));
  if (answer.ok) return json as T;
  const issues: { path: string; message: string }[] = json.issues ?? [];
  throw new Error(
    issues.map((issue) => `${issue.path}: ${issue.message}`).join("; ") || json.error || answer.statusText,
  );
}

/** Everyone with a phone. */
export async function loadPeople(): Promise<Person[]> {
  return (await ask<{ users: Person[] }>("GET", "/users")).users;
}

/** Every bot. */
export async function loadBots(): Promise<BotInfo[]> {
  return (await ask<{ bots: BotInfo[] }>("GET", "/bots")).bots;
}

/** Makes a person. */
export function putPerson(id: number, person: Omit<Person, "id">): Promise<unknown> {
  return ask("PUT", `/users/${id}`, person);
}

/** What one person can do with one bot. */
export type Line = ReturnType<typeof line>;

/** A person's line to a bot. */
export function line(user: number, bot: string) {
  const at = `/users/${user}`;
  return {
    chat: () => ask<ChatView>("GET", `${at}/chat?bot=${bot}`),
    commands: () => ask<BotMenu>("GET", `${at}/commands?bot=${bot}`),
    openMenu: () => ask<{ url: string }>("POST", `${at}/menu`, { bot }),
    sms: async () => (await ask<{ sms: Sms[] }>("GET", `${at}/sms`)).sms,
    write: (said: Said, reply_to_message_id?: number) =>
      ask("POST", `${at}/messages`, { bot, ...said, reply_to_message_id }),
    tap: (button: string, message_id?: number) =>
      ask<TapResult>("POST", `${at}/taps`, { bot, button, message_id }),
    block: (blocked: boolean) => ask("POST", `${at}/${blocked ? "block" : "unblock"}`, { bot }),
  };
}
