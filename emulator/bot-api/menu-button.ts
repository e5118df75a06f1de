import type { MenuButton } from "grammy/types";
import { z } from "zod";
import { troubleWith } from "../mini-app/address.ts";
import type { Bot } from "../store/bots.ts";
import type { Person } from "../store/people.ts";
import { json, type Method, readParams, Whole, words } from "./call.ts";
import { badRequest } from "./error.ts";

const Button = z.discriminatedUnion(
  "type",
  [
    z.looseObject({ type: z.literal(["commands", "default"]) }),
    z.looseObject({
      type: z.literal("web_app"),
      text: z.string(words(`can't parse menu button: Field "text" must be of type String`)),
      web_app: z.looseObject(
        { url: z.string(words(`can't parse menu button: Field "url" must be of type String`)) },
        words(`can't parse menu button: Field "web_app" must be of type Object`),
      ),
    }),
  ],
  words("MenuButton has unsupported type"),
);
const Params = z.looseObject({ chat_id: Whole.optional(), menu_button: json(Button.optional()) });

/** Bot API: setChatMenuButton, of one chat or of all. */
export const setChatMenuButton: Method = (world, call) => {
  const { chat_id, menu_button = { type: "default" } } = readParams(Params, call);
  if (menu_button.type === "web_app") {
    const { url } = menu_button.web_app;
    const trouble = troubleWith(url);
    if (menu_button.text === "") throw badRequest("can't parse menu button: Text must be non-empty");
    if (trouble !== null) throw badRequest(`menu button Web App URL '${url}' is invalid: ${trouble}`);
  }
  const menu_buttons = { ...call.bot.menu_buttons, [chat_id ?? "default"]: menu_button as MenuButton };
  world.store.bots.change(call.bot.id, { menu_buttons });
  world.phones.publishToAll({ type: "commands", bot: call.bot.username });
  return { result: true };
};

/** The button beside a person's field: the one set for their chat, before the one set for all. */
export function menuButtonFor({ menu_buttons }: Bot, { id }: Person): MenuButton {
  const own = menu_buttons[id];
  return (own?.type === "default" ? undefined : own) ?? menu_buttons.default ?? { type: "default" };
}
