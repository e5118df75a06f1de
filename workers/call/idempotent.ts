import type { Language } from "../../contract/words.ts";
import type { Database } from "../../schema/database.ts";
import { type KeyedCall, keepAnswer, keptAnswer, letGo, takeKey } from "../../schema/idempotency.ts";
import { type Answer, isPassing, keyTaken } from "./envelope.ts";

/** What a call with a key came to. */
export interface KeyedAnswer {
  readonly answer: Answer;
  readonly isReplayed: boolean;
}

/**
 * Does a call with an `Idempotency-Key` once: the first request does it, the others get its answer. One that failed
 * (for now, too: the main system was silent), or was cut short, is done again under the same call id, so that
 * whatever it had done before is not done twice.
 */
export async function once(
  db: Database,
  call: KeyedCall,
  language: Language,
  act: (callId: string) => Promise<Answer>,
): Promise<KeyedAnswer> {
  const state = await takeKey(db, call);
  switch (state.kind) {
    case "other-body":
      return { answer: keyTaken("otherBody", language), isReplayed: false };
    case "running":
      return { answer: keyTaken("running", language), isReplayed: false };
    case "replay":
      return { answer: JSON.parse(state.answer) as Answer, isReplayed: true };
    case "go": {
      const answer = await act(state.callId).catch(async (error: unknown) => {
        await letGo(db, call);
        throw error;
      });
      if (isPassing(answer)) await letGo(db, call);
      else await keepAnswer(db, call, JSON.stringify(answer));
      return { answer, isReplayed: false };
    }
  }
}

/** The answer that a call with this key and body once got, or else this one. */
export async function replayed(db: Database, call: KeyedCall, otherwise: Answer): Promise<KeyedAnswer> {
  const kept = await keptAnswer(db, call);
  if (kept === null) return { answer: otherwise, isReplayed: false };
  return { answer: JSON.parse(kept) as Answer, isReplayed: true };
}
