import type { ChannelKind } from "../contract/lead.ts";
import type { Channel } from "../contract/ports.ts";
import { telegram } from "./telegram/telegram.ts";

/** What any messenger needs to send as a bot. */
export interface ChannelSettings {
  /** Opened, for the moment of use. */
  readonly token: string;
  readonly telegramApiRoot: string;
  /** Whether the bot pays the messenger for sending faster. */
  readonly paid: boolean;
}

/** The messengers: one folder and one line each. */
const channels: Readonly<Record<ChannelKind, (settings: ChannelSettings) => Channel>> = {
  telegram: ({ telegramApiRoot, ...settings }) => telegram({ ...settings, apiRoot: telegramApiRoot }),
};

/** A messenger by its kind, with a bot's credentials. */
export function channelOf(kind: ChannelKind, settings: ChannelSettings): Channel {
  return channels[kind](settings);
}
