import { createHash } from "node:crypto";
import type { Database } from "./database.ts";

/** What a call was answered: the HTTP status and, as text, the body (or the address of a redirect). */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** A call that may come twice. `fingerprint` says what was asked, `key` that it is the same asking. */
export interface Call {
  readonly key: string;
  readonly fingerprint: string;
  readonly now: number;
}

/** The result of `once`: done now, done before, or another request under a known key. */
export type Outcome =
  | { readonly kind: "done" | "replayed"; readonly answer: Answer }
  | { readonly kind: "conflict" };

/** How long a key is remembered: 24 h, as long as the bot's own API remembers its keys. */
const REMEMBERED_MS = 24 * 60 * 60 * 1000;

/**
 * Runs `effect` and keeps its answer in the same transaction, so that the same call, even after a crash,
 * gets the first answer again and nothing is done twice.
 */
export function once(db: Database, call: Call, effect: () => Answer): Outcome {
  return db.transaction(() => {
    db.run("DELETE FROM answers WHERE created_at <= ?", call.now - REMEMBERED_MS);
    const known = db.one<Answer & { fingerprint: string }>(
      "SELECT fingerprint, status, body FROM answers WHERE key = ?",
      call.key,
    );
    if (known) return repeated(known, call);
    const answer = effect();
    db.run(
      "INSERT INTO answers (key, fingerprint, status, body, created_at) VALUES (?, ?, ?, ?, ?)",
      call.key,
      call.fingerprint,
      answer.status,
      answer.body,
      call.now,
    );
    return { kind: "done", answer };
  });
}

/** A short stand-in for everything that makes two requests the same. */
export function fingerprint(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  // The length goes first, so that "ab" + "c" is not "a" + "bc".
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest("base64url");
}

function repeated(known: Answer & { readonly fingerprint: string }, call: Call): Outcome {
  if (known.fingerprint !== call.fingerprint) return { kind: "conflict" };
  return { kind: "replayed", answer: { status: known.status, body: known.body } };
}
