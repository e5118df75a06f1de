import type { Occasion } from "../../dialogs/communication.ts";

/** When a conversation says something by itself, as the map's document puts it. */
export const occasionWords: Readonly<Record<Occasion, string>> = {
  later: "The main system does not answer, and a dialog has to wait for it",
  busy: "Somebody answers again while their answer before is still being passed on",
  sorry: "A dialog could not be brought to its end",
  changed: "A dialog goes on after a deploy that took away its step, or the shape of its data",
  resumed: "The time of a pause is over",
  deleted: "Somebody whose account was deleted writes for the first time since",
  unmatched: "Nothing waits for what somebody wrote",
  "to-operator": "Somebody writes while an operator has the chat",
};
