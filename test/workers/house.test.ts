import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { callsFrom } from "../../workers/dialog-calls.ts";
import { broadcastPorts, conversationPorts } from "../../workers/house.ts";

/** The bindings, but for pacers that never answer. */
const silent = () => new Promise<never>(() => {});
const withoutPacers: Env = {
  ...env,
  PACERS: {
    ...env.PACERS,
    getByName: () => ({ takeSlots: silent, takeOne: silent, slowDown: silent, noteQueueAge: silent }),
  } as unknown as Env["PACERS"],
};

describe("a pacer that never answers", () => {
  it("holds up no broadcast for longer than some seconds", async () => {
    const ports = broadcastPorts(withoutPacers);
    const ask = { callId: "c", critical: false, wanted: 1 };

    await expect(ports.takeSlots("1", "telegram", ask)).rejects.toMatchObject({ code: "unanswered" });
    await expect(ports.noteQueueAge("1", 9)).rejects.toMatchObject({ code: "unanswered" });
  });

  it("keeps nobody from an answer: the messenger's own limits hold all the same", async () => {
    const pace = conversationPorts(withoutPacers, Date.now, callsFrom).pace({
      botId: "1",
      channel: "telegram",
      externalId: "1",
    });

    expect(await pace.take()).toBe(0);
    await pace.slowDown(1);
  });
});
