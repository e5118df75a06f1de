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

const LocationParams = SendParams.extend({
  latitude: z.coerce.number().min(-90).max(90),
  longitude: z.coerce.number().min(-180).max(180),
});

/** Bot API: sendLocation, of a place that does not move. */
export const sendLocation: Method = async (world, call) => {
  const params = readParams(LocationParams, call);
  const { latitude, longitude } = params;
  return { result: await send(world, call, params, () => ({ location: { latitude, longitude } })) };
};
