import { dialogsOfBot } from "../../communications/bots.ts";
import type { BotProfile } from "../../contract/bot.ts";
import type { Recipient } from "../../contract/delivery.ts";
import { idForWire } from "../../contract/id.ts";
import { CHANNELS, LeadProfile } from "../../contract/lead.ts";
import type { OutMessage } from "../../contract/message.ts";
import { isRefusal, type Refusal } from "../../contract/refusal.ts";
import type { Language } from "../../contract/words.ts";
import { NOBODY } from "../../dialogs/communication.ts";
import { preview as previewOf } from "../../dialogs/preview.ts";
import { countAudience } from "../../schema/audience-count.ts";
import { leadAfter } from "../../schema/lead-after.ts";
import type { RecipientCounts } from "../../schema/recipient-counts.ts";
import type { House } from "../house.ts";
import { type Aim, aimOf, NO_CHANGE } from "./aim.ts";
import { type CheckedCall, prepare, systemRefusal } from "./prepare.ts";

/** A message as it is shown to the caller: what buttons do when they answer is the bot's affair. */
interface ShownMessage {
  readonly html: string;
  readonly picture: string | null;
  readonly buttons: readonly (readonly { readonly label: string; readonly url?: string }[])[];
}

/** What a call would do: what its communication says of its change, and beside it: */
export interface DryRun extends Readonly<Record<string, unknown>> {
  readonly dryRun: true;
  readonly recipients: RecipientCounts;
  /** There where an audience by rule is so great that some part of it was counted alone. */
  readonly isPartial?: true;
  /** What one of the recipients would be told first; `null` where there is none and it can't be told without one. */
  readonly preview: {
    readonly userId: number | string | null;
    readonly language: Language;
    readonly messages: readonly ShownMessage[];
  } | null;
}

const NOBODY_TOLD: RecipientCounts = { total: 0, queued: 0, paused: 0, unlinked: 0, blocked: 0 };

/** Makes a call but for what matters: checks, counts and renders, and writes, sends and teaches nothing. */
export async function dryRun(call: CheckedCall, house: House): Promise<DryRun | Refusal> {
  const aim = await aimOf(call, house);
  if (isRefusal(aim)) return aim;
  const { made } = aim;
  const data = await prepare(call, made?.found ?? NO_CHANGE, house);
  if (isRefusal(data)) return data;
  const answer = made && call.communication.answer?.(made.found);
  if (data === NOBODY) return { ...answer, dryRun: true, recipients: NOBODY_TOLD, preview: null };
  const shown = await counted(call, aim, data, house);
  return isRefusal(shown) ? shown : { ...answer, dryRun: true, ...shown };
}

async function counted(call: CheckedCall, { audience, made }: Aim, data: string, house: House) {
  const { bot, communication } = call;
  const { critical, evenWithOperator = false, leads: leadsTold } = communication;
  const telling = { botId: bot.botId, leadsTold, critical, evenWithOperator, now: house.now() };
  const { counts, isPartial, sample: standing } = await countAudience(house.db, telling, audience);
  const sample =
    standing && made
      ? { ...standing, lead: await leadAfter(house.db, bot.botId, made.change, standing.lead) }
      : standing;
  const beginning = sample
    ? await messagesFor(call, data, sample, house).catch(systemRefusal)
    : await messagesFor(call, data, nobody(bot), house).catch(() => null);
  if (isRefusal(beginning)) return beginning;
  const { userId, lead } = sample ?? nobody(bot);
  const preview = beginning && {
    userId: userId === null ? null : idForWire(userId),
    language: lead.language,
    messages: beginning.map(shownMessage),
  };
  return { recipients: counts, ...(isPartial ? { isPartial } : {}), preview };
}

/** Somebody without a name, where a call has nobody to tell. */
function nobody({ locale }: BotProfile): Pick<Recipient, "userId" | "channel" | "lead"> {
  const lead = LeadProfile.parse({ leadId: 0, firstName: "", language: locale, person: null });
  return { userId: null, channel: CHANNELS[0], lead };
}

async function messagesFor(
  { bot, communication }: CheckedCall,
  data: string,
  { channel, lead }: Pick<Recipient, "channel" | "lead">,
  house: House,
): Promise<readonly OutMessage[]> {
  const [messenger, system] = await Promise.all([house.channel(bot, channel), house.system(bot)]);
  const { botId, siteUrl, timeZone } = bot;
  const { commands } = dialogsOfBot(botId);
  const around = { siteUrl, timeZone, commands, channel: messenger, system, now: house.now };
  return previewOf(communication, data, { lead, ...around });
}

function shownMessage({ html, picture, buttons = [] }: OutMessage): ShownMessage {
  return {
    html,
    picture: picture ?? null,
    buttons: buttons.map((row) =>
      row.map((button) =>
        "url" in button ? { label: button.label, url: button.url } : { label: button.label },
      ),
    ),
  };
}
