import { gap } from "../../dialogs/map-row.ts";
import { section } from "./section.ts";

/** A relative's birthday is near. */
export const birthday = gap({
  section,
  event: "A family member's birthday is near",
  description: "The main system tells the bot no dates of birth yet.",
});

/** Somebody has joined the family site. */
export const memberJoined = gap({
  section,
  event: "Somebody has joined the family site",
  description: "Nobody is told yet; the others could greet them from the chat.",
});
