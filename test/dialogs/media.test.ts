import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type Media, Photo, Place } from "../../contract/media.ts";
import { answer, command } from "../../dialogs/communication.ts";
import { lastingWorld } from "./lasting-bot.ts";

const photo: Media = { kind: "photo", fileId: "f1", width: 640, height: 480, caption: "my cat" };
const place: Media = { kind: "location", latitude: 57.8, longitude: 28.3 };

const show = command({
  command: "show",
  summary: { ru: "", en: "" },
  data: z.object({}),
  initial: {},
  answers: {
    photo: answer(Photo, { ru: "фото, пожалуйста", en: "a photo, please" }),
    place: answer(Place, { ru: "место, пожалуйста", en: "a place, please" }),
  },
  steps: {
    start: async (chat) => chat.ask("show me your cat", "photo"),
    async photo(chat, { answer: { fileId, caption } }) {
      await chat.say({ text: `so this is ${caption}`, picture: fileId });
      return chat.ask("where does it live?", "place");
    },
    place: async (chat, { answer: { latitude, longitude } }) =>
      chat.say({ text: "here", attachment: { kind: "location", latitude, longitude } }),
  },
});

describe("a photo and a place", () => {
  it("are answers with a shape of their own, and can be sent", async () => {
    const { alice } = await lastingWorld({ commands: [show] });
    await alice.types("/show");
    await alice.does({ kind: "media", media: photo });
    expect(alice.phone.shown.at(-2)).toMatchObject({ text: "so this is my cat", picture: "f1" });

    await alice.does({ kind: "media", media: place });

    expect(alice.phone.shown.slice(-2)).toMatchObject([
      { text: "here" },
      { attachment: { kind: "location", latitude: 57.8, longitude: 28.3 } },
    ]);
  });

  it("are asked for again where something else comes", async () => {
    const { alice } = await lastingWorld({ commands: [show] });
    await alice.types("/show");

    await alice.types("here it is");
    expect(alice.last.text).toBe("a photo, please");
    await alice.does({ kind: "media", media: place });
    expect(alice.last.text).toBe("a photo, please");
    await alice.does({ kind: "media", media: photo });

    expect(alice.last.text).toBe("where does it live?");
  });
});
