import { describe, expect, it } from "vitest";
import { readUpdate } from "../../channels/telegram/inbound.ts";
import { telegram } from "../../channels/telegram/telegram.ts";
import type { Media } from "../../contract/media.ts";
import type { OutMessage } from "../../contract/message.ts";
import { inBase64, ogg, PDF, PNG, site } from "../emulator/files-kit.ts";
import { type Json, withChat } from "../emulator/world-kit.ts";

/** The bot's side of an emulator where Alexander has written to it. */
async function withBot() {
  const world = await withChat();
  const channel = telegram({ apiRoot: world.emulator.url, token: "100001:DEMO", paid: false });
  return {
    ...world,
    channel,
    /** Alexander sends something; what comes of that in our words. */
    async hears(content: object): Promise<Media> {
      await world.post("/users/127/messages", { bot: "beseda_demo_bot", ...content });
      const update = (await world.result<Json[]>("getUpdates")).at(-1);
      const read = readUpdate(update);
      if (read.kind !== "inbound" || read.inbound.act.kind !== "media") throw new Error(JSON.stringify(read));
      return read.inbound.act.media;
    },
  };
}

/** The same, on its way back. */
function back(media: Media): OutMessage {
  switch (media.kind) {
    case "photo":
      return { html: "Yours", picture: media.fileId };
    case "location":
      return { html: "Yours", attachment: media };
    case "document":
    case "voice":
      return { html: "Yours", attachment: { kind: media.kind, source: media.fileId } };
  }
}

describe("what a person sends", () => {
  it.each([
    ["photo", { photo: inBase64(PNG, { caption: "Mine" }) }],
    ["document", { document: inBase64(PDF, { name: "a.pdf" }) }],
    ["voice", { voice: inBase64(ogg(7)) }],
    ["location", { location: { latitude: 57.06, longitude: 28.92 } }],
  ])("can be sent back to them: %s", async (kind, content) => {
    const { channel, hears, chat } = await withBot();

    const media = await hears(content);
    const theirs = (await chat(127)).messages.at(-1);
    for (const piece of channel.pieces(back(media))) await channel.send("127", piece);

    expect(media.kind).toBe(kind);
    expect(theirs).toHaveProperty(kind);
    expect((await chat(127)).messages.at(-1)).toMatchObject({
      from: { is_bot: true },
      [kind]: theirs?.[kind],
    });
  });
});

describe("a file that the messenger can't have", () => {
  it.each(["document", "voice"] as const)("is told from a text that it refuses: %s", async (kind) => {
    const { channel } = await withBot();
    const gone = await site({ status: 404, body: "" });
    const send = (source: string) => channel.send("127", { html: "hi", attachment: { kind, source } });

    await expect(send(gone)).rejects.toMatchObject({ code: "picture-refused" });
    await expect(send("nonsense")).rejects.toMatchObject({ code: "picture-refused" });
    await expect(channel.send("127", { html: "<x>" })).rejects.toMatchObject({ code: "channel-refused" });
  });
});
