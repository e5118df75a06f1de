import type { Outcome } from "../../contract/delivery.ts";
import { BrokenData, ChannelBlocked, errorFacts, SystemUnavailable } from "../../contract/errors.ts";
import type { AnyDialog } from "../../dialogs/communication.ts";
import { houseDialogs, later, sorry } from "../../dialogs/house-dialogs.ts";
import type { StepEnd } from "../../dialogs/run.ts";
import { playStep, type Reach } from "../../dialogs/step.ts";
import { underWay } from "./deliveries.ts";
import { afterFailure } from "./failure.ts";
import type { Room } from "./room.ts";
import type { ActiveRun } from "./runs.ts";

/** Most steps in a row that wait for nobody: more is a dialog that runs in a circle. */
const MOST_HOPS = 50;

/** Plays the steps of runs, and takes over what they came to. */
export class Player {
  readonly #room: Room;

  constructor(room: Room) {
    this.#room = room;
  }

  /** Plays the step that a run is at. Never throws: a step that fails is put off, or its run given up. */
  async play(run: ActiveRun): Promise<void> {
    try {
      if (await this.#isForSomebodyElse(run)) return this.#withdraw(run);
      const end = await playStep(
        this.#dialog(run),
        run,
        await this.#reach(run),
        this.#room.runs.effects(run.runId),
      );
      this.#settle(run, end);
    } catch (error) {
      await this.#failed(run, error);
    }
  }

  #dialog(run: ActiveRun): AnyDialog {
    const { ports, memory } = this.#room;
    if (run.hops > MOST_HOPS) throw new BrokenData(`${run.alias} runs in a circle`);
    const dialog = ports.dialogs(memory.address().botId).find(run.alias);
    if (!dialog) throw new BrokenData(`There is no dialog ${run.alias} any more`);
    return dialog;
  }

  async #reach(run: ActiveRun): Promise<Reach> {
    const { memory, ports } = this.#room;
    const [lead, { profile, channel, system }] = await Promise.all([memory.lead(), memory.bot()]);
    const { externalId } = memory.address();
    return {
      lead,
      siteUrl: profile.siteUrl,
      channel,
      system,
      send: (piece) => channel.send(externalId, piece),
      signIn: async (user) => {
        const person = await ports.directory.signIn(lead.leadId, profile.botId, user);
        memory.keep({ ...lead, person });
        return person;
      },
      signOut: async ({ personId }) => {
        const unlinked = await ports.directory.signOut(lead.leadId, personId);
        memory.keep({ ...lead, person: null });
        this.#room.runs.leaveAll();
        return unlinked;
      },
      onceKey: `${profile.botId}/${lead.leadId}/${run.runId}`,
    };
  }

  /** Whether a delivery's user is no longer the one who is signed in here. */
  async #isForSomebodyElse({ delivery, moves }: ActiveRun): Promise<boolean> {
    if (!delivery || moves > 1) return false;
    return (await this.#room.memory.lead()).person?.userId !== delivery.userId;
  }

  #withdraw(run: ActiveRun): void {
    this.#room.sql.transaction(() => {
      this.#room.runs.close(run.runId);
      this.#note(run, { state: "unlinked", reason: "signed-out" });
    });
  }

  #settle(run: ActiveRun, end: StepEnd): void {
    const { sql, runs, ports } = this.#room;
    const now = ports.now();
    sql.transaction(() => {
      runs.settle(run.runId, end, now);
      if (end.notes.uncertain) this.#note(run, { state: "uncertain", reason: "connection-lost" });
      else if (end.kind !== "goes-on") this.#note(run, sent(end));
    });
  }

  async #failed(run: ActiveRun, error: unknown): Promise<void> {
    const { sql, runs, ports } = this.#room;
    const now = ports.now();
    const next = afterFailure(error, { tries: run.tries, since: run.activeSince, now });
    this.#log(run, error, next.kind);
    if (error instanceof ChannelBlocked) await this.#markBlocked();
    sql.transaction(() => {
      if (next.kind === "retry") {
        runs.putOff(run.runId, next.at, next.holdsChat);
        this.#note(run, { state: "deferred", reason: next.reason });
        if (error instanceof SystemUnavailable && run.tries === 0 && isAwaited(run)) this.#say(later, run);
      } else {
        runs.close(run.runId);
        this.#note(run, next.outcome);
        if (next.tell && (isAwaited(run) || !(error instanceof SystemUnavailable))) this.#say(sorry, run);
      }
    });
  }

  /** Has the runner itself say something, unless it is what failed, or nobody is in a dialog yet. */
  #say(dialog: AnyDialog, failed: ActiveRun): void {
    const { runs, ports } = this.#room;
    const unasked = failed.delivery !== null && failed.moves === 1;
    if (unasked || houseDialogs.some(({ alias }) => alias === failed.alias)) return;
    runs.open({ runId: ports.newRunId(), alias: dialog.alias, data: "{}", holds: false }, ports.now());
  }

  /** Notes what became of the delivery that a run began with, while that is still open. */
  #note({ delivery }: ActiveRun, outcome: Outcome): void {
    if (!delivery) return;
    const { deliveries, ports } = this.#room;
    const known = deliveries.find(delivery);
    if (known && underWay(known) && known.state !== outcome.state)
      deliveries.note(delivery, outcome, ports.now());
  }

  async #markBlocked(): Promise<void> {
    const { facts, memory, ports } = this.#room;
    try {
      const { leadId } = await memory.lead();
      await ports.directory.setBlocked(leadId, true);
      facts.set("blocked", true);
    } catch (error) {
      // The next message to this person finds it out again.
      ports.log("blocked-not-marked", errorFacts(error));
    }
  }

  #log(run: ActiveRun, error: unknown, next: string): void {
    const { ports, memory } = this.#room;
    const facts = { botId: memory.address().botId, runId: run.runId, alias: run.alias, step: run.step };
    ports.log("step-failed", {
      ...facts,
      callId: run.delivery?.callId ?? null,
      ...errorFacts(error),
      next,
    });
  }
}

/** Whether a person waits for what this step does: a step that another went on to works in the background. */
function isAwaited({ hops }: ActiveRun): boolean {
  return hops === 0;
}

function sent({ notes }: StepEnd): Outcome {
  return notes.pictureMissing ? { state: "sent", reason: "picture-missing" } : { state: "sent" };
}
