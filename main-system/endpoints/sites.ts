import { z } from "zod";
import { Id } from "../../contract/id.ts";
import type { Endpoint } from "../endpoint.ts";
import { PageUrl, UserId } from "./wire.ts";

/** A family's website, made from the messenger (requirement 30). */
export const createSite = {
  name: "createSite",
  method: "POST",
  path: "/sites",
  summary: "Makes a family's website that somebody described in the bot.",
  maps: ["family-site"],
  body: z.object({
    ownerId: UserId.describe("The user whose site it is"),
    name: z.string().describe("What it is called"),
    members: z
      .array(z.object({ name: z.string().describe("As the owner wrote it") }))
      .describe("The family, besides the owner; may be empty"),
  }),
  answer: z.object({
    siteId: Id.describe("The site's id"),
    url: PageUrl.describe("Whole address of the site: the bot answers with it"),
  }),
  absent: "There is no such user; the person is told that it did not work out.",
  example: {
    body: { ownerId: 127, name: "Пушкины", members: [{ name: "Наталья" }, { name: "Лев" }] },
    answer: { siteId: 1, url: "https://site.example/sites/1" },
  },
} as const satisfies Endpoint;
