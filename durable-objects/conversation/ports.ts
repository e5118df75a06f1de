import type { BotProfile } from "../../contract/bot.ts";
import type { ChannelKind, ChatAddress } from "../../contract/lead.ts";
import type {
  Bots,
  Calls,
  Channel,
  Directory,
  Links,
  Log,
  MainSystem,
  Pace,
  Records,
} from "../../contract/ports.ts";
import type { Dialogs } from "../../dialogs/dialogs.ts";

/** The world as a conversation needs it. */
export interface TalkPorts {
  readonly directory: Directory;
  readonly bots: Bots;
  readonly records: Records;
  readonly calls: Calls;
  readonly links: Links;
  readonly log: Log;
  dialogs(botId: string): Dialogs;
  /** The send rate of a chat's bot. */
  pace(address: ChatAddress): Pace;
  channel(bot: BotProfile, kind: ChannelKind): Promise<Channel>;
  /** The main system; with `fresh`, past whatever is kept of its answers. */
  system(bot: BotProfile, fresh?: boolean): Promise<MainSystem>;
  /** Milliseconds since 1970. */
  now(): number;
  /** A short id for a new run, unique within a conversation. */
  newRunId(): string;
}
