import type { BotCommand } from "grammy/types";
import { z } from "zod";
import type { Bot } from "../store/bots.ts";
import type { Person } from "../store/people.ts";
import { json } from "./call.ts";

/** Bot API: BotCommandScope. */
export const Scope = json(
  z.looseObject({ type: z.string(), chat_id: z.union([z.number(), z.string()]).optional() }).optional(),
);

/** The name under which a scope's and a language's commands are kept. */
export function commandsKey(scope: z.output<typeof Scope>, language = ""): string {
  return `${scope?.type ?? "default"}/${scope?.chat_id ?? ""}/${language}`;
}

/** The commands a person sees: the nearest scope first, in their language before any (Bot API: "Determining list of commands"). */
export function commandsFor(bot: Bot, person: Person): readonly BotCommand[] {
  const scopes = [{ type: "chat", chat_id: person.id }, { type: "all_private_chats" }, { type: "default" }];
  for (const scope of scopes) {
    for (const language of [person.language_code ?? "", ""]) {
      const commands = bot.commands[commandsKey(scope, language)];
      if (commands) return commands;
    }
  }
  return [];
}
