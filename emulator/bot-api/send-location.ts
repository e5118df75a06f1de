import { z } from "zod";
import { type Method, readParams, Text, words } from "./call.ts";
import { SendParams, send } from "./send.ts";

const wrong = words("wrong location specified");

/** One coordinate, of at most that many degrees either way. */
const degrees = (name: string, most: number) =>
  Text.optional()
    .refine((given) => given?.trim(), words(`${name} is empty`))
    .transform(Number)
    .pipe(z.number(wrong).min(-most, wrong).max(most, wrong));

const Params = SendParams.extend({ latitude: degrees("latitude", 90), longitude: degrees("longitude", 180) });

/** Bot API: sendLocation, of a place that does not move. */
export const sendLocation: Method = async (world, call) => {
  const params = readParams(Params, call);
  const { latitude, longitude } = params;
  return { result: await send(world, call, params, () => ({ location: { latitude, longitude } })) };
};
