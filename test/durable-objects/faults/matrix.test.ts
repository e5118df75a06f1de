import { beforeAll, describe, expect, it, vi } from "vitest";
import { demo } from "../../workers/demo.ts";
import { Network } from "../../workers/network.ts";
import { PATIENCE } from "../stage.ts";
import { isDeliveryCell, playBroadcast } from "./broadcast-cell.ts";
import { type Logged, playDialog } from "./dialog-cell.ts";
import { FakeTelegram } from "./fake-telegram.ts";
import { CELLS, type Cell, dialogEnd, FAULTS, type Fault, recipientEnd } from "./model.ts";

/** What came of each cell. All are played at once, with bots and people of their own: most of it is waiting. */
let played: ReadonlyMap<Cell, Promise<unknown>>;

beforeAll(async () => {
  const network = new Network();
  await demo(network);
  const telegram = new FakeTelegram(network);
  const logged = logs();
  const play = (cell: Cell) =>
    isDeliveryCell(cell) ? playBroadcast(cell, telegram) : playDialog(cell, { network, telegram, logged });
  played = new Map(CELLS.map((cell) => [cell, play(cell)]));
  // A cell that fails is told of by its own test.
  for (const one of played.values()) one.catch(() => {});
});

/** What the Worker logs from now on. */
function logs(): readonly Logged[] {
  const logged: Logged[] = [];
  const { log, ...others } = console;
  const keep = (line: unknown) => {
    if (typeof line === "string" && line.startsWith("{")) logged.push(JSON.parse(line) as Logged);
    log(line);
  };
  vi.stubGlobal("console", { ...others, log: keep });
  return logged;
}

const WORDS: Readonly<Record<Fault, string>> = {
  "cut before": "a connection that is cut before Telegram took the message",
  "cut after": "a connection that is cut after Telegram took the message",
  "429": "a 429 of Telegram's",
  "500": "a 500 of Telegram's",
  "403": "a 403 of Telegram's",
  slow: "a request that Telegram answers only after thirty seconds",
  nonsense: "an answer that is none of Telegram's",
};

/** What has to come of a cell, as the name of its test says it. */
function expectation(cell: Cell): string {
  if (isDeliveryCell(cell)) {
    const { arrived, ledger } = recipientEnd(cell);
    return `${arrived === 1 ? "arrives once" : "never arrives"}, and the ledger says ${ledger}`;
  }
  const { messages, explained } = dialogEnd(cell);
  const missing = messages.includes("done") ? "every message comes once" : "one message is lost";
  return explained ? `${missing}, in order, and known of: ${explained}` : `${missing}, in order`;
}

for (const fault of FAULTS) {
  describe(WORDS[fault], () => {
    for (const cell of CELLS.filter((one) => one.fault === fault)) {
      it(
        `at ${cell.place}, with ${cell.mishap}: ${expectation(cell)}`,
        async () => expect(await played.get(cell)).toEqual(endOf(cell)),
        PATIENCE.timeout,
      );
    }
  });
}

function endOf(cell: Cell) {
  if (!isDeliveryCell(cell)) return dialogEnd(cell);
  return { struck: recipientEnd(cell), harmed: [] };
}
