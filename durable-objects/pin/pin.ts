import { DurableObject } from "cloudflare:workers";
import { hmac } from "../../contract/digest.ts";
import type { PinProof } from "../../contract/linking.ts";
import { Alarm } from "../alarm.ts";
import {
  type Issued,
  issuePin,
  isVerified,
  type NewPin,
  nextChange,
  type PinState,
  pinAt,
  tryPin,
  withoutPin,
} from "./pin-rules.ts";

/** The world as a PIN's object needs it. */
export interface PinPorts {
  /** The key of the hashes. */
  readonly key: string;
}

/** What came of a PIN that was tried. */
export interface TriedPin {
  readonly proof: PinProof;
  /** The lead in whose chat the PIN was given out; `null` where none was. */
  readonly leadId: number | null;
  /** The name under which it was given out; `null` where none was. */
  readonly once: string | null;
  /** Whether this attempt has made its link already: it is the same one, repeated. */
  readonly isLinked: boolean;
}

/** A lead that a right PIN allows to link. */
export interface VerifiedLead {
  readonly leadId: number;
  /** Whether this request has made its link already: it is the same one, repeated. */
  readonly isLinked: boolean;
}

/**
 * The PIN of one BUID, the code by which one lead proves a phone, or the count of the codes that go to one phone; its name
 * says which (`pin-name.ts`). It keeps a keyed
 * hash, for as long as the PIN is good: its alarm takes it away. Nothing is awaited between looking and writing, so of
 * two right answers at the same moment one is right.
 */
export abstract class PinObject extends DurableObject<Env> {
  /** Milliseconds since 1970; a test moves it. */
  clock: () => number = Date.now;
  readonly #alarm: Alarm;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#alarm = new Alarm(ctx.storage, () => this.clock());
  }

  /** The world, from this object's own bindings; given by `workers/house.ts`. */
  protected abstract ports(): PinPorts;

  /** Gives a PIN out, in place of the one before. */
  async issue({ pin, ...given }: Omit<NewPin, "hash"> & { readonly pin: string }): Promise<Issued> {
    const hash = await this.#hashOf(pin);
    const issued = issuePin(this.#kept(), { ...given, hash }, this.clock());
    await this.#keep(issued.state);
    return issued.answer;
  }

  /**
   * Tries a PIN.
   * @param attempt names the attempt: one that was right is right again when it is repeated
   */
  async try(pin: string, attempt: string): Promise<TriedPin> {
    const hash = await this.#hashOf(pin);
    const { state, answer } = tryPin(this.#kept(), { hash, attempt }, this.clock());
    await this.#keep(state);
    const { leadId, once, linkedBy } = state;
    return { proof: answer, leadId, once, isLinked: linkedBy === attempt };
  }

  /** The lead that a right PIN allows to link, where one does; else `null`. @param by names the request that is to link */
  verifiedLead(by: string): VerifiedLead | null {
    const state = this.#kept();
    if (!state || state.leadId === null || !isVerified(state, by, this.clock())) return null;
    return { leadId: state.leadId, isLinked: state.linkedBy === by };
  }

  /** Uses the right PIN up for a link. False where it allows none, or another request has it. */
  async useUp(by: string): Promise<boolean> {
    const state = this.#kept();
    if (!state || !isVerified(state, by, this.clock())) return false;
    await this.#keep({ ...state, linkedBy: by });
    return true;
  }

  /** Ends the PIN that was given out under this name: nothing is right any more. Its attempts count on. */
  async end(once: string): Promise<void> {
    const state = this.#kept();
    if (state?.once === once) await this.#keep(withoutPin(state));
  }

  /** Takes away what is over. */
  override async alarm(): Promise<void> {
    this.#alarm.cleared();
    const state = this.ctx.storage.kv.get<PinState>("pin");
    const left = state ? pinAt(state, this.clock()) : null;
    if (left) return this.#keep(left);
    await this.ctx.storage.deleteAll();
    this.#alarm.cleared();
  }

  #kept(): PinState | null {
    const state = this.ctx.storage.kv.get<PinState>("pin");
    // An alarm may be late: what is over is over all the same.
    return state ? pinAt(state, this.clock()) : null;
  }

  async #keep(state: PinState): Promise<void> {
    this.ctx.storage.kv.put("pin", state);
    await this.#alarm.wakeBy(nextChange(state, this.clock()));
  }

  #hashOf(pin: string): Promise<string> {
    return hmac(this.ports().key, `${this.ctx.id.toString()}\n${pin}`);
  }
}
