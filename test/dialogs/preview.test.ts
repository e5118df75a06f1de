import { describe, expect, it } from "vitest";
import { z } from "zod";
import { telegram } from "../../channels/telegram/telegram.ts";
import { LeadProfile } from "../../contract/lead.ts";
import type { SystemUser } from "../../contract/system.ts";
import type { Chat, Wait } from "../../dialogs/chat.ts";
import { command } from "../../dialogs/communication.ts";
import { preview } from "../../dialogs/preview.ts";
import { FakeSystem } from "../kit/fake-system.ts";

const channel = {
  pieces: telegram({ apiRoot: "http://nowhere.invalid", token: "1:FAKE", paid: false }).pieces,
};
const lead = LeadProfile.parse({ leadId: 7, firstName: "Alice", language: "en", person: null });
const alice: SystemUser = {
  userId: "127",
  firstName: "Alice",
  lastName: "",
  patronymic: "",
  role: "user",
  active: true,
  phone: "",
  email: "",
  location: {},
};

type Step = (chat: Chat<string, never>) => Promise<Wait | undefined>;

/** What a dialog of these steps would say first, and what it asked the main system meanwhile. */
async function previewOf(steps: { readonly start: Step } & Readonly<Record<string, Step>>) {
  const dialog = command({
    command: "test",
    summary: { ru: "", en: "" },
    data: z.object({}),
    initial: {},
    steps: steps as { readonly start: Step },
  });
  const system = new FakeSystem();
  system.users.push(alice);
  const messages = await preview(dialog, "{}", {
    lead,
    siteUrl: "https://site.test",
    commands: [],
    timeZone: "Europe/Moscow",
    now: () => 0,
    channel,
    system: system.port,
  });
  return { texts: messages.map(({ html }) => html), messages, asked: system.calls };
}

describe("the preview of a dialog", () => {
  it("is what its first step says, in the lead's language, with its prompt and buttons", async () => {
    const { messages } = await previewOf({
      start: async (chat) => {
        await chat.say({ ru: "привет", en: `hello, ${chat.firstName}` });
        return chat.choose("well?", { yes: { ru: "да", en: "yes" } });
      },
      yes: async () => undefined,
    });

    expect(messages).toMatchObject([
      { html: "hello, Alice" },
      { html: "well?", buttons: [[{ label: "yes" }]] },
    ]);
  });

  it("is cut to the messenger's limits, as the message will be", async () => {
    const { texts } = await previewOf({ start: async (chat) => void (await chat.say("long ".repeat(1000))) });

    expect(texts).toHaveLength(2);
  });

  it("asks the main system what the step asks it", async () => {
    const { texts, asked } = await previewOf({
      start: async (chat) => {
        const user = await chat.system.user({ userId: "127" });
        await chat.say(`known as ${user?.firstName}`);
        return undefined;
      },
    });

    expect(texts).toEqual(["known as Alice"]);
    expect(asked).toEqual(["user"]);
  });

  it.each<[string, (chat: Chat) => Promise<unknown>]>([
    ["registers somebody", ({ system }) => system.registerUser(alice)],
    ["sets a mark", ({ system }) => system.connectBot("127")],
    ["clears a mark", ({ system }) => system.disconnectBot("127")],
    ["publishes something", ({ system }) => system.addComment({ postId: "1", authorId: "127", text: "x" })],
    ["signs somebody in", (chat) => chat.signIn(alice)],
  ])(
    "ends where the step %s, whatever the step does about it, and nothing is written",
    async (_name, write) => {
      const { texts, asked } = await previewOf({
        start: async (chat) => {
          await chat.say("before");
          await write(chat as Chat).catch(() => {});
          await chat.say("after");
          return undefined;
        },
      });

      expect(texts).toEqual(["before"]);
      expect(asked).toEqual([]);
    },
  );

  it("goes on with the next step where the first says nothing, and no further than the first words", async () => {
    const { texts } = await previewOf({
      start: async (chat) => chat.goto("second"),
      second: async (chat) => {
        await chat.say("second");
        return chat.goto("third");
      },
      third: async (chat) => void (await chat.say("third")),
    });

    expect(texts).toEqual(["second"]);
  });

  it("is empty where the dialog runs in a circle", async () => {
    const { texts } = await previewOf({ start: async (chat) => chat.goto("start") });

    expect(texts).toEqual([]);
  });

  it("fails as the step fails", async () => {
    await expect(previewOf({ start: () => Promise.reject(new TypeError("a bug")) })).rejects.toThrow("a bug");
  });
});
