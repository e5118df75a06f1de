import { errorFacts } from "../../contract/errors.ts";
import type { Act, Inbound } from "../../contract/inbound.ts";
import type { LeadProfile } from "../../contract/lead.ts";
import type { Words } from "../../contract/words.ts";
import type { Occasion } from "../../dialogs/communication.ts";
import type { Dialogs } from "../../dialogs/dialogs.ts";
import { type Route, route } from "../../dialogs/route.ts";
import type { Input } from "../../dialogs/run.ts";
import { words } from "../../dialogs/words.ts";
import { beginHere } from "./beginnings.ts";
import type { Room } from "./room.ts";

/** What a person did in their chat. */
type PersonAct = Exclude<Act, { kind: "blocked" | "unblocked" }>;

/** Where an act leads. */
type Where =
  | Route
  /** To the operator who speaks here. */
  | { readonly kind: "to-operator"; readonly input: Input }
  /** Nowhere: an operator speaks here. */
  | { readonly kind: "silent" };

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
    const isFull = !lead.withOperator && this.#room.runs.isFull();
    const found = isFull ? BUSY : this.#routeOf(act, lead);
    await this.#acknowledge(act, found, lead);
    this.#room.sql.transaction(() => {
      this.#room.inbox.done(updateId);
      if (this.#isToBeToldFarewell(lead)) this.#begin("deleted");
      else this.#follow(found, act);
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

  /** Where an act leads; while an operator speaks here, to them. */
  #routeOf(act: PersonAct, { withOperator }: LeadProfile): Where {
    if (!withOperator) return route(act, this.#room.runs.waiting());
    const command = commandIn(act);
    if (command && this.#dialogs().command(command.name)?.evenWithOperator)
      return { kind: "command", ...command };
    return act.kind === "tap" ? { kind: "silent" } : { kind: "to-operator", input: inputOf(act) };
  }

  /** Whatever somebody does whose account was deleted meanwhile is answered with that alone, once (requirement 27). */
  #isToBeToldFarewell({ person }: LeadProfile): boolean {
    const { facts } = this.#room;
    if (!facts.get("farewell")) return false;
    facts.set("farewell", false);
    return person === null;
  }

  #follow(found: Where, act: Act): void {
    const { runs, deliveries, ports } = this.#room;
    const now = ports.now();
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
        this.#command(found.name, found.argument);
        break;
      case "unmatched":
      case "to-operator":
        this.#begin(found.kind, found.input);
        break;
      case "busy":
        if (act.kind !== "tap") this.#begin("busy");
        break;
      case "stale":
      case "silent":
        break;
    }
  }

  #command(name: string, argument: string): void {
    const command = this.#dialogs().command(name);
    const input: Input = command?.answers.start ? { kind: "text", text: argument } : { kind: "none" };
    if (command) beginHere(this.#room, command, { holds: true, input });
    else this.#begin("unmatched", { kind: "text", text: `/${name}` });
  }

  #begin(on: Occasion, input: Input = { kind: "none" }): void {
    beginHere(this.#room, this.#dialogs().occasion(on), { holds: true, input });
  }

  #dialogs(): Dialogs {
    const { ports, memory } = this.#room;
    return ports.dialogs(memory.address().botId);
  }

  /** Ends the waiting look of a tapped button. Its failure hurts nobody, so nothing waits for it. */
  async #acknowledge(act: Act, found: Where, lead: LeadProfile): Promise<void> {
    if (act.kind !== "tap") return;
    const { memory, ports } = this.#room;
    const { channel } = await memory.bot();
    const note = noteFor(found)?.[lead.language];
    const failed = (error: unknown) => ports.log("tap-not-acknowledged", errorFacts(error));
    this.#acknowledgements.push(channel.answerTap(act.tapId, note).catch(failed));
  }
}

/** Nothing is begun before something is through. */
const BUSY: Where = { kind: "busy" };

/** A command that was typed or tapped, or `null`. */
function commandIn(act: PersonAct): { readonly name: string; readonly argument: string } | null {
  if (act.kind === "command") return { name: act.name, argument: act.argument };
  return act.kind === "tap" && act.data.startsWith("/") ? { name: act.data.slice(1), argument: "" } : null;
}

/** What somebody sent, for whoever is to read it. */
function inputOf(act: Exclude<PersonAct, { kind: "tap" }>): Input {
  switch (act.kind) {
    case "text":
      return { kind: "text", text: act.text };
    case "command":
      return { kind: "text", text: `/${act.name} ${act.argument}`.trim() };
    case "media":
      return { kind: "media", media: act.media };
    case "contact":
      return { kind: "text", text: act.phone };
    case "other":
      return { kind: "other" };
  }
}

/** What a tap that leads nowhere is told, over the button. */
function noteFor(found: Where): Words<string> | undefined {
  if (found.kind === "busy") return words.busy;
  if (found.kind === "silent") return words.withOperator;
  return found.kind === "stale" ? words.staleButton : undefined;
}
