import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type AnyCommand, answer, occasion } from "../../dialogs/communication.ts";
import { HOUR, lastingWorld, once, telling } from "./lasting-bot.ts";

const again = { ru: "только текст", en: "text only" };

/** What an operator hears. */
function heard() {
  const texts: string[] = [];
  const toOperator = occasion({
    on: "to-operator",
    data: z.object({}),
    initial: {},
    answers: { start: answer(z.string(), again) },
    steps: {
      start: async (_chat, { answer: text }) => {
        texts.push(text);
      },
    },
  });
  return { texts, toOperator };
}

const back: AnyCommand = {
  ...once("bot", async (chat) => chat.say((await chat.takeBack()) ? "I am back" : "I was here")),
  evenWithOperator: true,
};
const operator = once("operator", async (chat) => {
  await chat.say("an operator will answer");
  await chat.handOver();
});
const offer = once("offer", async (chat) =>
  chat.say({
    text: "?",
    buttons: [[{ label: "Menu", command: "menu" }], [{ label: "Bot", command: "bot" }]],
  }),
);
const commands = [back, operator, offer];
const communications = [telling("news"), telling("reply", { critical: true })];

describe("a chat that is handed over to an operator", () => {
  it("has the bot silent: what is written goes to the operator, in order, and nothing is answered", async () => {
    const { texts, toOperator } = heard();
    const { world, alice } = await lastingWorld({ commands, communications, occasions: [toOperator] });
    await alice.types("/operator");

    await alice.types("my parcel is lost");
    await alice.types("/menu");
    await alice.types("hello?");

    expect(texts).toEqual(["my parcel is lost", "/menu", "hello?"]);
    expect(alice.last.text).toBe("an operator will answer");
    expect(world.directory.profileOf("1")?.withOperator).toBe(true);
  });

  it("keeps what calls tell, but for what is critical: the operator's own words", async () => {
    const { world, alice } = await lastingWorld({
      commands,
      communications,
      occasions: [heard().toOperator],
    });
    await alice.types("/operator");

    await world.call("news", { text: "rain" });
    await world.call("reply", { text: "we found it" });
    alice.crashes();
    await world.passes(HOUR);

    expect(alice.last.text).toBe("we found it");
    expect(alice.sees).not.toContain("rain");
    expect(alice.rows("kept")).toBe(1);
  });

  it("answers a tap on a button of before with a note alone", async () => {
    const { alice } = await lastingWorld({ commands, communications, occasions: [heard().toOperator] });
    await alice.types("/offer");
    await alice.types("/operator");

    await alice.taps("Menu");

    expect(alice.phone.notes.at(-1)).toContain("operator");
    expect(alice.last.text).toBe("an operator will answer");
  });

  it("says kindly that it can't pass something on, and keeps listening", async () => {
    const { texts, toOperator } = heard();
    const { alice } = await lastingWorld({ commands, occasions: [toOperator] });
    await alice.types("/operator");

    await alice.does({
      kind: "media",
      media: { kind: "location", latitude: 57, longitude: 28 },
    });
    await alice.types("that is where I live");

    expect(alice.last.text).toBe("text only");
    expect(texts).toEqual(["that is where I live"]);
  });

  it("is the bot's again when the person asks for it, by the command or its button", async () => {
    const { alice } = await lastingWorld({ commands, occasions: [heard().toOperator] });
    await alice.types("/offer");
    await alice.types("/operator");

    await alice.taps("Bot");
    expect(alice.last.text).toBe("I am back");
    await alice.types("/menu");

    expect(alice.last.text).toBe("menu");
  });
});

describe("what nothing waits for", () => {
  it("is answered by the bot's own words for that, which may look at it", async () => {
    const unmatched = occasion({
      on: "unmatched",
      data: z.object({}),
      initial: {},
      answers: { start: answer(z.unknown(), again) },
      steps: { start: async (chat, { answer: given }) => chat.say(`what is ${JSON.stringify(given)}?`) },
    });
    const { alice } = await lastingWorld({ occasions: [unmatched] });

    await alice.types("a snark");
    expect(alice.last.text).toBe('what is "a snark"?');
    await alice.types("/boojum");

    expect(alice.last.text).toBe('what is "/boojum"?');
  });

  it("is answered by the menu where the bot has no words for it", async () => {
    const { alice } = await lastingWorld({});
    await alice.types("a snark");

    expect(alice.last.text).toBe("menu");
  });
});
