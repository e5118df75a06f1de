import type { AnyCommand, AnyCommunication, AnyOccasion, AnyReminder } from "../dialogs/communication.ts";
import type { Gap } from "../dialogs/map-row.ts";
import { accountAnotherChat } from "./account/account-another-chat.ts";
import { accountLinked } from "./account/account-linked.ts";
import { accountPinOver } from "./account/account-pin-over.ts";
import { accountSiteEntered } from "./account/account-site-entered.ts";
import { checkAccount } from "./account/check-account.ts";
import { connected } from "./account/connected.ts";
import { help } from "./account/help.ts";
import { logout } from "./account/logout.ts";
import { menu } from "./account/menu.ts";
import { pause } from "./account/pause.ts";
import { reviewReminder } from "./account/review-reminder.ts";
import { sendCode } from "./account/send-code.ts";
import { signIn } from "./account/signin.ts";
import { site } from "./account/site.ts";
import { start } from "./account/start.ts";
import { usersBlock } from "./account/users-block.ts";
import { usersConnectBot } from "./account/users-connect-bot.ts";
import { deleted, usersDelete } from "./account/users-delete.ts";
import { usersDisconnectBot } from "./account/users-disconnect-bot.ts";
import { usersPause } from "./account/users-pause.ts";
import { resume, resumed, usersResume } from "./account/users-resume.ts";
import { usersUnblock } from "./account/users-unblock.ts";
import { usersUpdate } from "./account/users-update.ts";
import { commentNew } from "./family-site/comment-new.ts";
import { birthday, memberJoined } from "./family-site/gaps.ts";
import { gathering } from "./family-site/gathering.ts";
import { gatheringAnswered } from "./family-site/gathering-answered.ts";
import { newSite } from "./family-site/newsite.ts";
import { postNew } from "./family-site/post-new.ts";
import { bot } from "./helpdesk/bot.ts";
import { performerChanged, requestOverdue } from "./helpdesk/gaps.ts";
import { operatorGiveBack } from "./helpdesk/operator-give-back.ts";
import { requestAccepted } from "./helpdesk/request-accepted.ts";
import { requestFinished } from "./helpdesk/request-finished.ts";
import { requestMessage } from "./helpdesk/request-message.ts";
import { support } from "./helpdesk/support.ts";
import { toOperator } from "./helpdesk/to-operator.ts";
import { unmatched } from "./helpdesk/unmatched.ts";
import { cartAbandoned } from "./shop/cart-abandoned.ts";
import { cartReminder } from "./shop/cart-reminder.ts";
import { backInStock, parcelArrived } from "./shop/gaps.ts";
import { orderStatus } from "./shop/order-status.ts";
import { transactionThankYou } from "./shop/transaction-thank-you.ts";

/** A communication map: its rows in order, and the dialogs that come with it. */
export interface CommunicationMap {
  readonly title: string;
  /** Communications, and events that none answers yet. */
  readonly rows: readonly (AnyCommunication | Gap)[];
  readonly commands: readonly AnyCommand[];
  readonly occasions: readonly AnyOccasion[];
  readonly reminders: readonly AnyReminder[];
}

/** The maps there are, by name. A new communication is one new file and one line here. */
export const maps = {
  account: {
    title: "The user's account",
    rows: [
      usersConnectBot,
      usersDisconnectBot,
      usersPause,
      usersResume,
      usersUpdate,
      usersBlock,
      usersUnblock,
      usersDelete,
      accountLinked,
      accountAnotherChat,
      accountSiteEntered,
      accountPinOver,
    ],
    commands: [start, signIn, menu, site, pause, resume, help, logout],
    occasions: [resumed, deleted],
    reminders: [connected, sendCode, checkAccount, reviewReminder],
  },
  "family-site": {
    title: "The family site",
    rows: [postNew, commentNew, birthday, memberJoined, gatheringAnswered],
    commands: [newSite, gathering],
    occasions: [],
    reminders: [],
  },
  shop: {
    title: "The shop",
    rows: [transactionThankYou, orderStatus, parcelArrived, cartAbandoned, backInStock],
    commands: [],
    occasions: [],
    reminders: [cartReminder],
  },
  helpdesk: {
    title: "The helpdesk",
    rows: [
      requestAccepted,
      requestMessage,
      requestFinished,
      requestOverdue,
      performerChanged,
      operatorGiveBack,
    ],
    commands: [support, bot],
    occasions: [unmatched, toOperator],
    reminders: [],
  },
} as const satisfies Record<string, CommunicationMap>;

/** The name of a map. */
export type MapName = keyof typeof maps;

/** The communications of a map, in its order. */
export function communicationsOf({ rows }: CommunicationMap): readonly AnyCommunication[] {
  return rows.filter((row): row is AnyCommunication => !("gap" in row));
}
