import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { BotProfile } from "../../contract/bot.ts";
import { houseFrom } from "../../workers/house.ts";
import { linksFrom } from "../../workers/links.ts";
import { demo } from "./demo.ts";
import { Network } from "./network.ts";

const PHONE = "+79180000005";

const house = houseFrom(env);
const logged: string[] = [];
const links = linksFrom({ ...house, log: (event) => void logged.push(event) });
let network: Network;
let bot: BotProfile;
let leads = 700_000;

beforeEach(async () => {
  network = new Network();
  network.answerers.push(({ url }) => (url.pathname === "/emulator/sms" ? Response.json({}) : undefined));
  await demo(network);
  const found = await house.bots.find("1");
  if (!found) throw new Error("There is no bot 1");
  bot = found;
});

const texts = () =>
  network.left.filter(({ url }) => url.pathname === "/emulator/sms").map(({ body }) => String(body.text));

/** A chat asks for a code to a phone; its name. */
async function ask(phone: string) {
  leads += 1;
  const lead = { botId: "1", leadId: leads };
  const once = `code of ${leads}`;
  await links.openCode(lead, once);
  links.sendCode(bot, lead, phone, `Code: ${await links.pin(once)}`, once);
  return { lead, once };
}

describe("a code by SMS", () => {
  it("goes to the phone, and is right once", async () => {
    const { lead, once } = await ask("+79180000006");
    await vi.waitUntil(() => texts().length === 1);

    const code = /\d{6}/.exec(texts()[0] ?? "")?.[0] ?? "";

    expect(code).toBe(await links.pin(once));
    expect(await links.checkCode(lead, code, "first")).toEqual({ kind: "right" });
    expect(await links.checkCode(lead, code, "second")).toEqual({ kind: "used" });
  });

  it("is held back from a phone that had five within the hour, and good for nothing then", async () => {
    for (let chat = 1; chat <= 5; chat += 1) {
      await ask(PHONE);
      await vi.waitUntil(() => texts().length === chat);
    }

    const { lead, once } = await ask(PHONE);
    await vi.waitUntil(() => logged.includes("sms-held-back"));

    expect(texts()).toHaveLength(5);
    expect(await links.checkCode(lead, await links.pin(once), "a guess")).toEqual({
      kind: "wrong",
      attemptsLeft: 4,
    });
  });
});
