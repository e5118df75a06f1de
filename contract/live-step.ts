import { z } from "zod";

/** A step that an open run would go on at: because it is due, when its time comes, or with an answer. */
export const LiveStep = z.object({ alias: z.string(), step: z.string() });

/** A step that an open run would go on at. */
export type LiveStep = z.infer<typeof LiveStep>;
