import type { BotProfile } from "../../contract/bot.ts";
import type { Recipient } from "../../contract/delivery.ts";
import { idForWire } from "../../contract/id.ts";
import { CHANNELS, type LeadProfile } from "../../contract/lead.ts";
import type { OutMessage } from "../../contract/message.ts";
import { isRefusal, type Refusal } from "../../contract/refusal.ts";
import type { Language } from "../../contract/words.ts";
import { preview } from "../../dialogs/preview.ts";
import { countAudience } from "../../schema/audience-count.ts";
import type { RecipientCounts } from "../../schema/recipient-counts.ts";
import type { House } from "../house.ts";
import { type CheckedCall, prepare, systemRefusal } from "./prepare.ts";

/** A message as it is shown to the caller: what buttons do when they answer is the bot's affair. */
interface ShownMessage {
  readonly html: string;
  readonly picture: string | null;
  readonly buttons: readonly (readonly { readonly label: string; readonly url?: string }[])[];
}

/** What a call would do. */
export interface DryRun {
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

/** Makes a call but for what matters: checks, counts and renders, and writes and sends nothing. */
export async function dryRun(call: CheckedCall, house: House): Promise<DryRun | Refusal> {
  const { bot, communication, audience } = call;
  const data = await prepare(call, house);
  if (isRefusal(data)) return data;
  const { counts, isPartial, sample } = await countAudience(
    house.db,
    bot.botId,
    audience,
    communication.leads,
    house.now(),
  );
  const beginning = sample
    ? await messagesFor(call, data, sample, house).catch(systemRefusal)
    : await messagesFor(call, data, nobody(bot), house).catch(() => null);
  if (isRefusal(beginning)) return beginning;
  const { userId, lead } = sample ?? nobody(bot);
  const shown = beginning && {
    userId: userId === null ? null : idForWire(userId),
    language: lead.language,
    messages: beginning.map(shownMessage),
  };
  return { dryRun: true, recipients: counts, ...(isPartial ? { isPartial } : {}), preview: shown };
}

/** Somebody without a name, where a call has nobody to tell. */
function nobody({ locale }: BotProfile): Pick<Recipient, "userId" | "channel" | "lead"> {
  const lead: LeadProfile = { leadId: 0, firstName: "", language: locale, person: null };
  return { userId: null, channel: CHANNELS[0], lead };
}

async function messagesFor(
  { bot, communication }: CheckedCall,
  data: string,
  { channel, lead }: Pick<Recipient, "channel" | "lead">,
  house: House,
): Promise<readonly OutMessage[]> {
  const [messenger, system] = await Promise.all([house.channel(bot, channel), house.system(bot)]);
  return preview(communication, data, { lead, siteUrl: bot.siteUrl, channel: messenger, system });
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
