import { EVE, linkingBot } from "./linking-bot.ts";
import { tab } from "./tab.ts";
import { startWorld } from "./world.ts";

/** A site whose bot knows Eve, and her browser after the bot's link was opened; `as`: who is signed in there. */
export async function eveAt(
  known: Parameters<typeof linkingBot>[0] = {},
  { as }: { readonly as?: number } = {},
) {
  const bot = await linkingBot(known);
  const world = await startWorld({ fakeBot: bot });
  const eve = tab(world);
  if (as !== undefined) await eve.signIn(as);
  await eve.open(`/orders/502?buid=${EVE.buid}`);
  const enter = (pin: string = EVE.pin) => eve.send("/link/pin", { pin });
  return { world, bot, eve, enter };
}
