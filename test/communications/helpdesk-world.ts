import { logout } from "../../communications/account/logout.ts";
import { menu } from "../../communications/account/menu.ts";
import { pause } from "../../communications/account/pause.ts";
import { start } from "../../communications/account/start.ts";
import { bot } from "../../communications/helpdesk/bot.ts";
import { operatorGiveBack } from "../../communications/helpdesk/operator-give-back.ts";
import { requestAccepted } from "../../communications/helpdesk/request-accepted.ts";
import { requestFinished } from "../../communications/helpdesk/request-finished.ts";
import { requestMessage } from "../../communications/helpdesk/request-message.ts";
import { support } from "../../communications/helpdesk/support.ts";
import { toOperator } from "../../communications/helpdesk/to-operator.ts";
import { unmatched } from "../../communications/helpdesk/unmatched.ts";
import type { Request } from "../../contract/system.ts";
import { bareBot } from "../kit/bot.ts";
import type { Person } from "../kit/person.ts";
import { World } from "../kit/world.ts";
import { user } from "./family-world.ts";

/** A request of Alice's. */
export function request(given: Partial<Request> = {}): Request {
  return {
    requestId: "1",
    userId: "127",
    title: "Не открывается сайт",
    status: "accepted",
    performerName: "Белый Кролик",
    rating: null,
    url: "https://site.test/requests/1",
    ...given,
  };
}

/** A world with the helpdesk's communications, two users who are signed in, and a request of each. */
export async function helpdeskWorld(): Promise<{ world: World; alice: Person; bob: Person }> {
  const dialogs = bareBot({
    communications: [requestAccepted, requestMessage, requestFinished, operatorGiveBack],
    commands: [start, menu, logout, pause, support, bot],
    occasions: [toOperator, unmatched],
  });
  const world = new World(dialogs);
  world.system.users.push(user("127", "Алиса", "+79180000001"), user("1707", "Боб", "+79180000002"));
  world.system.requests.push(request(), request({ requestId: "2", userId: "1707" }));
  const alice = world.person({ firstName: "Алиса", phone: "+79180000001" });
  const bob = world.person({ firstName: "Bob", language: "en", phone: "+79180000002" });
  await alice.signsIn();
  await bob.signsIn();
  return { world, alice, bob };
}

/** A world in which Alice talks with an operator, of request 3. */
export async function talkingWorld(): Promise<{ world: World; alice: Person; bob: Person }> {
  const known = await helpdeskWorld();
  await known.alice.types("/support");
  await known.alice.types("Где моя посылка?");
  return known;
}
