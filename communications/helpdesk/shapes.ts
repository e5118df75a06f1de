import { z } from "zod";

/** What somebody writes to an operator. A messenger's text has no more than 4096 signs. */
export const Words = z.string().trim().min(1).max(4096);
