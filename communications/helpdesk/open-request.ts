import { z } from "zod";
import { variable } from "../../dialogs/variable.ts";

/** The request to which everything goes that is written while the chat is with an operator; its id. */
export const openRequest = variable("helpdesk.openRequest", z.string());
