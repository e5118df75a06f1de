import { gap } from "../../dialogs/map-row.ts";
import { sections } from "./sections.ts";

/** A request takes longer than was promised. */
export const requestOverdue = gap({
  section: sections.requests,
  event: "A request takes longer than was promised",
  description: "The main system gives requests no date yet by which they are to be finished.",
});

/** Somebody else takes over a request. */
export const performerChanged = gap({
  section: sections.requests,
  event: "Another performer has taken over a request",
  description: "Nothing is said: the customer reads the name under the new performer's first message.",
});
