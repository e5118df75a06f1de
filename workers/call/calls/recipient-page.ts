import { z } from "zod";
import { DELIVERY_STATES } from "../../../contract/delivery.ts";
import { idForWire } from "../../../contract/id.ts";
import { recipientReports } from "../../../schema/call-report.ts";
import type { Database } from "../../../schema/database.ts";
import { cursorThat, pageLimit } from "../page.ts";
import { WireId, WireTime } from "../responses.ts";

/** Which recipients of a call are asked for. */
export const RecipientQuery = z.strictObject({
  cursor: cursorThat((text) => /^\d{1,9}$/.test(text)),
  limit: pageLimit("Recipients"),
  state: z.enum(DELIVERY_STATES).optional().describe("Only those in this state"),
});

/** A page of recipients in an answer. */
export const recipientPageAnswer = {
  recipients: z.array(
    z.object({
      userId: WireId.nullable().describe("`null` where the chat itself is meant, whoever is in it"),
      state: z.enum(DELIVERY_STATES),
      reason: z.string().nullable(),
      updatedAt: WireTime,
    }),
  ),
  nextCursor: z.string().nullable(),
};

/** A page of a call's recipients, in their order. */
export async function recipientPage(
  db: Database,
  callId: string,
  { cursor, limit, state }: z.output<typeof RecipientQuery>,
) {
  const after = cursor === undefined ? -1 : Number(cursor);
  const page = await recipientReports(db, callId, { state, after, limit: limit + 1 });
  const shown = page.slice(0, limit);
  const recipients = shown.map(({ userId, state, reason, updatedAt }) => ({
    userId: userId === null ? null : idForWire(userId),
    state,
    reason,
    updatedAt,
  }));
  const last = page.length > limit ? shown.at(-1) : undefined;
  return { recipients, nextCursor: last ? String(last.seq) : null };
}
