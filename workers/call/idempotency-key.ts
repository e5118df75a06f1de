import { z } from "zod";

/** The header that makes a repeated call one call. */
export const IdempotencyKey = z.string().trim().min(1).max(255);
