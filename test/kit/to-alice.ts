import { z } from "zod";
import { users } from "../../dialogs/recipients.ts";

/** What a communication of a test is beside its alias and its steps: it tells user 127, and takes and carries nothing. */
export const toAlice = {
  summary: "",
  map: { section: "Test", event: "Something happens", communication: "Alice is told", description: "" },
  example: {},
  params: z.object({}),
  data: z.object({}),
  audience: () => users(["127"]),
  prepare: async () => ({}),
};
