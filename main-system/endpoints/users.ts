import { z } from "zod";
import { inOurNames, namesOn } from "../../contract/fields.ts";
import { toE164 } from "../../contract/phone.ts";
import type { SystemUser } from "../../contract/system.ts";
import type { Endpoint } from "../endpoint.ts";
import { MaybeText, UserId } from "./wire.ts";

const answered = namesOn("answered");
const told = namesOn("told");

const UserAnswer = z
  .object({
    userId: UserId,
    [answered.lastName]: MaybeText.describe("Last name"),
    [answered.firstName]: MaybeText.describe("First name"),
    [answered.patronymic]: MaybeText.describe("Patronymic"),
    [answered.role]: z.string().describe("The role; the bot chooses the menu by it"),
    [answered.active]: z.boolean().describe("False for one whom an administrator has blocked"),
    [answered.phone]: z
      .union([z.int().transform(String), MaybeText])
      .describe("The phone, however written; one that can be read as Russian is"),
    [answered.email]: MaybeText.describe("The e-mail address"),
    [answered.location]: z
      .object({
        country: MaybeText.describe("Country"),
        region: MaybeText.describe("Region"),
        city: MaybeText.describe("City"),
      })
      .nullish()
      .describe("Where they are"),
  })
  .transform((wire): SystemUser => {
    const { phone, location, ...rest } = inOurNames("answered", wire);
    return { ...rest, userId: wire.userId, phone: toE164(phone), location: location ?? {} };
  });

/** Looks a user up (requirement 15). */
export const user = {
  name: "user",
  method: "GET",
  path: "/user",
  summary: "Looks a user up, by exactly one of the three.",
  maps: ["account"],
  query: z.object({
    userId: UserId.optional(),
    email: z.string().optional().describe("Their e-mail address, as the person wrote it"),
    phone: z.string().optional().describe("Their phone, digits alone: `79187777777`"),
  }),
  answer: UserAnswer,
  absent: "Nobody has this id, address or phone; the bot offers to register.",
  shared: { is: false, why: "Who signs in is decided by it." },
  example: {
    query: { userId: 127 },
    answer: {
      userId: 127,
      surname: "Пушкин",
      name: "Александр",
      patronymic: "Сергеевич",
      role: "user",
      isActive: true,
      phone: "79187777777",
      email: "address@domain.ru",
      location: { country: "Россия", region: "Псковская область", city: "Михайловское" },
    },
  },
} as const satisfies Endpoint;

const NewUserBody = z.object({
  [told.firstName]: z.string().describe("First name"),
  [told.lastName]: z.string().describe("Last name; may be empty"),
  [told.patronymic]: z.string().describe("Patronymic; may be empty"),
  [told.role]: z.string().describe("The role: `user`"),
  [told.phone]: z
    .string()
    .describe("The phone, digits alone. Take it as theirs: the messenger vouches for it. May be empty"),
  [told.email]: z.string().optional().describe("The e-mail address, where there is one"),
  [told.location]: z
    .object({
      country: z.string().optional().describe("Country"),
      region: z.string().optional().describe("Region"),
      city: z.string().optional().describe("City"),
    })
    .describe("Where they are, as far as it is known"),
});

/** Registers somebody (requirement 16). */
export const registerUser = {
  name: "registerUser",
  method: "POST",
  path: "/user",
  summary: "Makes a user of somebody who registers in the bot and whom no look-up found.",
  maps: ["account"],
  body: NewUserBody,
  answer: z.object({ userId: UserId }),
  absent: "A refusal: the bot says that registering is not possible. A taken phone or address is 409.",
  example: {
    body: {
      firstname: "Наталья",
      lastname: "Пушкина",
      middlename: "Николаевна",
      role: "user",
      phone: "79187777778",
      location: {},
    },
    answer: { userId: 1708 },
  },
} as const satisfies Endpoint;

const BotMarkBody = z.object({ userId: UserId });
const BOT_MARK_ABSENT = "There is no such user; the bot takes it as a refusal and goes on.";

/** Sets the mark that a user has the bot (requirement 17). */
export const connectBot = {
  name: "connectBot",
  method: "POST",
  path: "/user/connect-bot",
  summary: "Sets your mark that this user has the bot, when they sign in; as often as you like.",
  maps: ["account"],
  body: BotMarkBody,
  answer: z.unknown(),
  absent: BOT_MARK_ABSENT,
  example: { body: { userId: 127 }, answer: { success: true } },
} as const satisfies Endpoint;

/** Clears the mark that a user has the bot. */
export const disconnectBot = {
  ...connectBot,
  name: "disconnectBot",
  path: "/user/disconnect-bot",
  summary: "Clears that mark, when they sign out of the last chat they had; as often as you like.",
} as const satisfies Endpoint;
