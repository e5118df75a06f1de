import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { FakeBot, SeenCall } from "./fake-bot.ts";
import { taken } from "./fake-bot.ts";

/** Somebody who writes to the bot, and what it has sent them. */
export interface BotPerson {
  buid: string;
  personId: number;
  leadName: string;
  userId: number | null;
  pin: string;
  pinState: "good" | "expired" | "used" | "burnt";
  attemptsLeft: number;
  /** Whether the BUID is good for one `link`. */
  isVerified: boolean;
}

/** A bot that knows people by BUID and PIN as Beseda does, idempotency keys included. */
export interface LinkingBot extends FakeBot {
  readonly person: BotPerson;
  /** The next call is acted upon, and its answer lost. */
  loseNextAnswer(): void;
  /** This happens while the next call is under way. */
  duringNextCall(act: () => Promise<unknown>): void;
}

/** BUID and PIN of Eve, whom no account is linked to. */
export const EVE = { buid: "ZRvJxYsn6Vr2sQVQ", pin: "482915" } as const;

type Answer = Record<string, unknown>;

/** Starts it on a free port, knowing Eve; `known` says what is otherwise. */
export async function linkingBot(known: Partial<BotPerson> = {}): Promise<LinkingBot> {
  const person: BotPerson = {
    ...EVE,
    personId: 77,
    leadName: "Ева",
    userId: null,
    pinState: "good",
    attemptsLeft: 5,
    isVerified: false,
    ...known,
  };
  const calls: SeenCall[] = [];
  const answers: FakeBot["answers"] = [];
  const remembered = new Map<string, { readonly body: string; readonly answer: Answer }>();
  let losesNext = false;
  let meanwhile: (() => Promise<unknown>) | null = null;

  const server = createServer(async (request, response) => {
    const body = await textOf(request);
    const { script_request_params: params } = JSON.parse(body);
    calls.push({ path: request.url ?? "", headers: request.headers, params });
    const next = answers.shift();
    if (next === "cut") return void request.socket.destroy();
    const happening = meanwhile;
    meanwhile = null;
    await happening?.();
    const isLost = losesNext;
    losesNext = false;
    const answer = (next?.body as Answer | undefined) ?? answerOnce(request, body, params);
    if (isLost) return void request.socket.destroy();
    response.writeHead(next?.status ?? 200, { "Content-Type": "application/json", ...next?.headers });
    response.end(JSON.stringify(answer));
  });

  function answerOnce(request: IncomingMessage, body: string, params: Answer): Answer {
    const alias = (request.url ?? "").replace(/^.*\/call\//, "");
    const key = request.headers["idempotency-key"];
    if (typeof key !== "string") return act(person, alias, params);
    const known = remembered.get(key);
    if (known && known.body !== body) return no(409, "Ключ занят");
    const answer = known?.answer ?? act(person, alias, params);
    remembered.set(key, { body, answer });
    return answer;
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/api/v1/bots/1`,
    calls,
    answers,
    person,
    loseNextAnswer: () => {
      losesNext = true;
    },
    duringNextCall: (act) => {
      meanwhile = act;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function act(person: BotPerson, alias: string, params: Answer): Answer {
  switch (alias) {
    case "authorize":
      return authorize(person, params);
    case "link":
      return link(person, params);
    case "unlink":
      person.userId = null;
      return { success: true };
    default:
      return taken(1);
  }
}

function authorize(person: BotPerson, { buid, pin, userId }: Answer): Answer {
  const refused = refusedPin(person, buid, pin);
  if (refused) return refused;
  person.pinState = "used";
  const who = whoIs(person);
  if (typeof userId !== "number") {
    person.isVerified = person.userId === null;
    return person.userId === null
      ? { success: true, status: "not-linked", ...who }
      : { success: true, status: "linked", userId: person.userId, ...who };
  }
  if (person.userId === userId) return { success: true, status: "already-linked", userId, ...who };
  if (person.userId !== null) {
    person.isVerified = true;
    return { success: true, status: "conflict", linkedUserId: person.userId, ...who };
  }
  person.userId = userId;
  return { success: true, status: "linked", userId, ...who };
}

function refusedPin(person: BotPerson, buid: unknown, pin: unknown): Answer | null {
  if (person.pinState !== "good") return no(`pin-${person.pinState}`, "PIN не действует");
  if (buid === person.buid && pin === person.pin) return null;
  person.attemptsLeft -= 1;
  if (person.attemptsLeft === 0) {
    person.pinState = "burnt";
    return no("pin-burnt", "PIN не действует");
  }
  return { ...no("pin-wrong", "Неверный PIN-код"), attemptsLeft: person.attemptsLeft };
}

function link(person: BotPerson, { buid, userId, relink }: Answer): Answer {
  if (buid !== person.buid || !person.isVerified) return no("not-verified", "Сначала PIN");
  if (person.userId !== null && person.userId !== userId && relink !== true) {
    return no("linked-to-another", "Подключён другой аккаунт");
  }
  person.isVerified = false;
  person.userId = Number(userId);
  return { success: true, status: "linked", userId, ...whoIs(person) };
}

function whoIs({ personId, leadName }: BotPerson) {
  return { personId, leadId: personId + 1000, leadName };
}

function no(errorCode: string | number, message: string): Answer {
  return { success: false, errorCode, message };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
