import type { BotCommand } from "grammy/types";
import { z } from "zod";
import { botUser } from "../store/bots.ts";
import { json, type Method, readParams, words } from "./call.ts";
import { commandsKey, Scope } from "./commands.ts";

/** Bot API: getMe. */
export const getMe: Method = (_world, { bot }) => ({
  result: {
    ...botUser(bot),
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
  },
});

const CommandsParams = z.looseObject({ scope: Scope, language_code: z.string().optional() });
const SetCommandsParams = CommandsParams.extend({
  commands: json(
    z
      .array(
        z.looseObject({
          command: z.string().regex(/^\/?[a-z0-9_]{1,32}$/, words("BOT_COMMAND_INVALID")),
          description: z
            .string()
            .min(1, words("BOT_COMMAND_DESCRIPTION_INVALID"))
            .max(256, words("BOT_COMMAND_DESCRIPTION_INVALID")),
        }),
        words("can't parse commands: expected an Array of BotCommand"),
      )
      .max(100, words("BOT_COMMANDS_TOO_MUCH")),
  ),
});

/** Bot API: setMyCommands, by scope and language. */
export const setMyCommands: Method = (world, call) => {
  const { commands, scope, language_code } = readParams(SetCommandsParams, call);
  const listed = commands.map(({ command, description }) => ({
    command: command.replace("/", ""),
    description,
  }));
  world.store.bots.change(call.bot.id, {
    commands: { ...call.bot.commands, [commandsKey(scope, language_code)]: listed as BotCommand[] },
  });
  world.phones.publishToAll({ type: "commands", bot: call.bot.username });
  return { result: true };
};

/** Bot API: getMyCommands, of exactly that scope and language. */
export const getMyCommands: Method = (_world, call) => {
  const { scope, language_code } = readParams(CommandsParams, call);
  return { result: call.bot.commands[commandsKey(scope, language_code)] ?? [] };
};

/** Bot API: deleteMyCommands. */
export const deleteMyCommands: Method = (world, call) => {
  const { scope, language_code } = readParams(CommandsParams, call);
  const { [commandsKey(scope, language_code)]: _, ...left } = call.bot.commands;
  world.store.bots.change(call.bot.id, { commands: left });
  world.phones.publishToAll({ type: "commands", bot: call.bot.username });
  return { result: true };
};
