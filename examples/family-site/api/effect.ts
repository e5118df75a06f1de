import type { Context, Handler } from "hono";
import type { z } from "zod";
import { type Answer, fingerprint, once } from "../data/answers.ts";
import type { Site } from "../site.ts";

/** What a changing call answers: a status and a JSON body. */
export interface Reply {
  readonly status: 200 | 201 | 403 | 404 | 409;
  readonly body: object;
}

/** Longest `Idempotency-Key`; a UUID has 36 characters. */
const KEY_CHARS = 255;

/**
 * A route that changes something: reads the JSON body, checks it (400 for no JSON, 422 for the wrong one) and acts
 * in one transaction. With an `Idempotency-Key` the same request gets the first answer again
 * (`Idempotent-Replayed: true`); another request under that key is 409.
 */
export function effect<Schema extends z.ZodType>(
  site: Site,
  schema: Schema,
  act: (input: z.output<Schema>, id: string) => Reply,
): Handler {
  return async (c) => {
    const text = await c.req.text();
    const parsed = parseJson(text);
    if (!parsed.ok) return c.json({ error: "invalid-json", issues: [] }, 400);
    const input = schema.safeParse(parsed.value);
    if (!input.success) return invalid(c, input.error);

    const key = c.req.header("Idempotency-Key");
    if (key !== undefined && (key.length === 0 || key.length > KEY_CHARS)) {
      return c.json({ error: "invalid-idempotency-key", issues: [] }, 400);
    }
    const run = () => asAnswer(act(input.data, c.req.param("id") ?? ""));
    if (key === undefined) return answer(c, site.db.transaction(run));

    const call = { key: `api:${key}`, fingerprint: fingerprint(c.req.path, text), now: site.clock.now() };
    const outcome = once(site.db, call, run);
    if (outcome.kind === "conflict") return c.json({ error: "idempotency-key-reused" }, 409);
    if (outcome.kind === "replayed") c.header("Idempotent-Replayed", "true");
    return answer(c, outcome.answer);
  };
}

/** 422 with the path and the reason of everything that is wrong. */
export function invalid(c: Context, error: z.ZodError): Response {
  const issues = error.issues.map(({ path, message }) => ({ path: path.map(String), message }));
  return c.json({ error: "validation", issues }, 422);
}

function asAnswer({ status, body }: Reply): Answer {
  return { status, body: JSON.stringify(body) };
}

function answer(c: Context, { status, body }: Answer): Response {
  return c.body(body, status as Reply["status"], { "Content-Type": "application/json" });
}

function parseJson(text: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}
