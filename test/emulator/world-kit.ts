import { afterEach } from "vitest";
import type { EmulatorOptions } from "../../emulator/options.ts";
import { type Emulator, startEmulator } from "../../emulator/server.ts";

/** What a JSON answer looks like to a test: it names what it expects. */
export type Json = { [key: string]: unknown };

const running: { close(): Promise<unknown> }[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.close()));
});

/** Ends something after the test. */
export function endAfterTest<T extends { close(): Promise<unknown> }>(thing: T): T {
  running.push(thing);
  return thing;
}

/** An emulator with Alexander (127) and Anna (1707), ended after the test. Limits are off unless given. */
export async function emulatorWithPeople(options: Partial<EmulatorOptions> = {}) {
  const emulator = endAfterTest(
    await startEmulator({ port: 0, limits: { perBot: null, perChat: null }, ...options }),
  );
  const world = actions(emulator);
  await world.put("/users/127", {
    first_name: "Александр",
    phone_number: "+7 918 777-77-77",
    language_code: "ru",
  });
  await world.put("/users/1707", { first_name: "Анна" });
  return { emulator, ...world };
}

/** Short ways to both sides of an emulator. */
export function actions({ url }: Pick<Emulator, "url">) {
  async function ask(method: string, path: string, body?: unknown) {
    const answer = await fetch(url + path, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }),
    });
    return { status: answer.status, json: (await answer.json()) as Json };
  }
  const bot = { bot: "beseda_demo_bot" };
  const call = async (name: string, params: object = {}) =>
    (await ask("POST", `/bot100001:DEMO/${name}`, params)).json;
  return {
    ask,
    /** Calls a method of the Bot API. */
    call,
    /** Calls a method that must succeed and gives its result. */
    async result<T = Json>(name: string, params: object = {}): Promise<T> {
      const answer = await call(name, params);
      if (answer.ok !== true) throw new Error(`${name}: ${String(answer.description)}`);
      return answer.result as T;
    },
    put: (path: string, body: object) => ask("PUT", `/emulator${path}`, body),
    post: (path: string, body: object) => ask("POST", `/emulator${path}`, body),
    remove: (path: string) => ask("DELETE", `/emulator${path}`),
    get: (path: string) => ask("GET", `/emulator${path}`),
    writes: async (user: number, text: string) => {
      const { json } = await ask("POST", `/emulator/users/${user}/messages`, { ...bot, text });
      return json.message as { message_id: number };
    },
    taps: (user: number, message_id: number, button: string) =>
      ask("POST", `/emulator/users/${user}/taps`, { ...bot, message_id, button }),
    chat: async (user: number, more = "") => {
      const { json } = await ask("GET", `/emulator/users/${user}/chat?bot=beseda_demo_bot${more}`);
      return json as { messages: Json[]; revision: number; keyboard: Json | null; blocked: boolean };
    },
  };
}

/** A clock that moves when told. */
export function handClock(start = Date.UTC(2026, 0, 1)) {
  let time = start;
  return {
    now: () => time,
    pass: (ms: number) => {
      time += ms;
    },
  };
}

/** An emulator where Alexander has written to the bot, and the number of his message. */
export async function withChat(options = {}) {
  const world = await emulatorWithPeople(options);
  const { message_id } = await world.writes(127, "/start");
  return { ...world, message_id };
}
