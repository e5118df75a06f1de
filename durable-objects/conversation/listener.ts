import { errorFacts } from "../../contract/errors.ts";
import type { Act, Inbound } from "../../contract/inbound.ts";
import type { LeadProfile } from "../../contract/lead.ts";
import type { Words } from "../../contract/words.ts";
import type { AnyCommand } from "../../dialogs/communication.ts";
import { MENU } from "../../dialogs/dialogs.ts";
import { busy } from "../../dialogs/house-dialogs.ts";
import { type Route, route } from "../../dialogs/route.ts";
import { words } from "../../dialogs/words.ts";
import type { Room } from "./room.ts";

/** Handles updates: finds what an act of the person answers, and sets that run going. */
export class Listener {
  /** When the person was last heard here, or `null`; milliseconds since 1970. */
  heardAt: number | null = null;
  readonly #room: Room;
  #acknowledgements: Promise<void>[] = [];

  constructor(room: Room) {
    this.#room = room;
  }

  /**
   * Handles one update: what it sets going and that it was handled are written in one transaction.
   * @throws whatever the directory throws; the update is then still to be handled
   */
  async hear({ updateId, sender, act }: Inbound): Promise<void> {
    const { facts, ports } = this.#room;
    if (act.kind === "blocked" || act.kind === "unblocked")
      return this.#hearBlock(updateId, act.kind === "blocked");

    const lead = await this.#room.memory.leadOf(sender);
    if (facts.get("blocked")) {
      await ports.directory.setStatus(lead.leadId, "active");
      facts.set("blocked", false);
    }
    this.heardAt = this.#room.ports.now();
    const found = route(act, this.#room.runs.waiting());
    await this.#acknowledge(act, found, lead);
    this.#room.sql.transaction(() => {
      this.#room.inbox.done(updateId);
      this.#follow(found, act);
    });
  }

  /** Waits until the taps that were heard are acknowledged. */
  async settled(): Promise<void> {
    const running = this.#acknowledgements;
    this.#acknowledgements = [];
    await Promise.all(running);
  }

  async #hearBlock(updateId: number, blocked: boolean): Promise<void> {
    const { facts, inbox, memory, ports } = this.#room;
    // Pressing "Start" for the first time comes as "unblocked" too, before there is a lead.
    const lead = facts.get("lead") ?? (await ports.directory.findLead(memory.address()));
    if (lead) {
      await ports.directory.setStatus(lead.leadId, blocked ? "blocked" : "active");
      facts.set("blocked", blocked);
    }
    inbox.done(updateId);
  }

  #follow(found: Route, act: Act): void {
    const { runs, deliveries, ports, memory } = this.#room;
    const now = ports.now();
    const dialogs = ports.dialogs(memory.address().botId);
    switch (found.kind) {
      case "move": {
        const delivery = runs.deliveryOf(found.runId);
        if (delivery && deliveries.find(delivery)?.outcome.state !== "answered") {
          deliveries.note(delivery, { state: "answered" }, now);
        }
        runs.move(found.runId, found.step, found.input, now);
        break;
      }
      case "command":
        this.#start(dialogs.command(found.name), now);
        break;
      case "menu":
        this.#start(dialogs.command(MENU), now);
        break;
      case "busy":
        if (act.kind !== "tap") this.#start(busy, now);
        break;
      case "stale":
        break;
    }
  }

  /** Starts a command's dialog; the menu leads away from all others, and an earlier run of it that the person is in is closed. */
  #start(command: AnyCommand, now: number): void {
    const { runs, ports } = this.#room;
    if (command.command === MENU) runs.leaveAll();
    runs.closeDialog(command.alias);
    runs.open(
      { runId: ports.newRunId(), alias: command.alias, data: JSON.stringify(command.initial), holds: true },
      now,
    );
  }

  /** Ends the waiting look of a tapped button. Its failure hurts nobody, so nothing waits for it. */
  async #acknowledge(act: Act, found: Route, lead: LeadProfile): Promise<void> {
    if (act.kind !== "tap") return;
    const { memory, ports } = this.#room;
    const { channel } = await memory.bot();
    const note = noteFor(found)?.[lead.language];
    const failed = (error: unknown) => ports.log("tap-not-acknowledged", errorFacts(error));
    this.#acknowledgements.push(channel.answerTap(act.tapId, note).catch(failed));
  }
}

/** What a tap that leads nowhere is told, over the button. */
function noteFor(found: Route): Words<string> | undefined {
  if (found.kind === "busy") return words.busy;
  return found.kind === "stale" ? words.staleButton : undefined;
}
