import { z } from "zod";
import { present } from "../present.ts";
import { json, type Method, readParams, Text } from "./call.ts";
import { Entities, messageText } from "./formatted.ts";
import { SendParams, send } from "./send.ts";

const Params = SendParams.extend({
  text: Text.optional(),
  parse_mode: z.string().optional(),
  entities: Entities,
  link_preview_options: json(z.looseObject({}).optional()),
});

/** Bot API: sendMessage. */
export const sendMessage: Method = async (world, call) => {
  const params = readParams(Params, call);
  const { text, entities } = messageText(params.text, params);
  const content = present({
    text,
    entities: entities.length > 0 ? entities : undefined,
    link_preview_options: params.link_preview_options,
  });
  return { result: await send(world, call, params, () => content) };
};
