import { z } from "zod";

/** The chats that are told, as the house that knows them names them. */
export const LeadIds = z.array(z.int()).describe("The chats that are told");
