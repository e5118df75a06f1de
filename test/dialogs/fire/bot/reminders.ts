import { type AnyReminder, reminder } from "../../../../dialogs/communication.ts";
import { type Ground, RunData, stepsOn } from "../scene.ts";

/** The name of a reminder that looks first whether it is still needed. */
export const tip = { alias: "~tip", data: RunData };
/** The name of a reminder that goes through every silence, and asks. */
export const alert = { alias: "~alert", data: RunData };

/** The dialogs that others plan, or begin. */
export function remindersOn(ground: Ground): readonly AnyReminder[] {
  const step = stepsOn(ground);
  return [
    reminder({
      name: "tip",
      data: RunData,
      condition: async (chat) => (await chat.system.post("1")) !== null,
      steps: { start: step("start", (scene) => scene.say("a tip")) },
    }),
    reminder({
      name: "alert",
      data: RunData,
      critical: true,
      steps: {
        start: step("start", async (scene) =>
          scene.chat.choose(
            scene.words("alert!"),
            { fine: "fine" },
            { within: { hours: 1 }, late: "late", data: scene.next },
          ),
        ),
        fine: step("fine", (scene) => scene.say("fine"), "person"),
        late: step("late", (scene) => scene.say("no answer to an alert"), "itself"),
      },
    }),
  ];
}
