import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { command } from "../../../dialogs/communication.ts";
import { checkCommandFrom } from "../../../scripts/dialogs/check-command.ts";
import { inWords, liveSteps, missingSteps } from "../../../scripts/dialogs/live-steps.ts";
import { bareBot } from "../../kit/bot.ts";

const menu = command({
  command: "menu",
  summary: { ru: "", en: "" },
  data: z.object({}),
  initial: {},
  steps: { start: async () => {}, choose: async () => {} },
});

let close = async () => {};
afterEach(() => close());

/** A bot that answers these pages, by what they come after. */
async function botWith(pages: Readonly<Record<string, unknown>>, status = 200): Promise<string> {
  const server = createServer((request, response) => {
    const after = new URL(request.url ?? "", "http://bot").searchParams.get("after") ?? "";
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(pages[after]));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  close = async () => void server.close();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("the check of live dialogs", () => {
  it("finds the steps and dialogs that today's code does not have, over all pages", async () => {
    const api = await botWith({
      0: { success: true, steps: [{ alias: "/menu", step: "choose", runs: 2 }], nextAfter: 100 },
      100: {
        success: true,
        steps: [
          { alias: "/menu", step: "gone", runs: 1 },
          { alias: "post/old", step: "start", runs: 3 },
        ],
        nextAfter: 200,
      },
      200: { success: true, steps: [{ alias: "/menu", step: "gone", runs: 1 }], nextAfter: null },
    });

    const live = await liveSteps({ api, token: "t" });
    const missing = missingSteps(live, bareBot({ commands: [menu] }));

    expect(missing).toEqual([
      { alias: "post/old", step: "start", runs: 3 },
      { alias: "/menu", step: "gone", runs: 2 },
    ]);
    expect(inWords(missing, live)).toContain('/menu: step "gone" — 2');
  });

  it("says so where there are none", () => {
    const live = [{ alias: "/menu", step: "choose", runs: 2 }];

    expect(missingSteps(live, bareBot({ commands: [menu] }))).toEqual([]);
    expect(inWords([], live)).toContain("Every open dialog");
  });

  it("complains in words about a token that is not good, and a bot that is not there", async () => {
    const api = await botWith({ 0: { success: false } }, 403);

    await expect(liveSteps({ api, token: "t" })).rejects.toThrow("The token is not good for this");
    await close();
    await expect(liveSteps({ api: "http://127.0.0.1:1", token: "t" })).rejects.toThrow("Nobody answers");
  });

  it("asks the local bot unless told otherwise, and the deployed one by its address and a token", () => {
    expect(checkCommandFrom([], { PORT: "9000" })).toEqual({
      api: "http://127.0.0.1:9000/api/v1/bots/1",
      token: "dev-token",
      botId: "1",
    });
    const remote = ["--remote", "--url", "https://bot.example/", "--bot", "7"];
    expect(checkCommandFrom(remote, { BESEDA_TOKEN: "bsd_x" })).toEqual({
      api: "https://bot.example/api/v1/bots/7",
      token: "bsd_x",
      botId: "7",
    });
    expect(checkCommandFrom(remote.slice(1), { BESEDA_TOKEN: "bsd_x" }).api).toContain("https://bot.example");
    expect(() => checkCommandFrom(remote, {})).toThrow("BESEDA_TOKEN");
    expect(() => checkCommandFrom(["--remote"], { BESEDA_TOKEN: "bsd_x" })).toThrow("https address");
  });
});
