import { type AnyCommand, command } from "../../../../dialogs/communication.ts";
import { type Ground, RunData, stepsOn, UNNAMED } from "../scene.ts";
import { alert, tip } from "./reminders.ts";

const base = { summary: { ru: "", en: "" }, data: RunData, initial: UNNAMED };

/** Commands that go on by themselves. */
export function lasting(ground: Ground): readonly AnyCommand[] {
  const step = stepsOn(ground);
  return [
    command({
      ...base,
      command: "nap",
      steps: {
        start: step("start", async (scene) => {
          await scene.say("good night");
          return scene.chat.sleep({ hours: 2 }, "wake", scene.next);
        }),
        wake: step(
          "wake",
          async (scene) => {
            await scene.writes();
            await scene.say("awake");
            if (scene.data.n < 2) return scene.chat.sleep({ daytime: "09:00" }, "wake", scene.next);
          },
          "itself",
        ),
      },
    }),
    command({
      ...base,
      command: "remind",
      steps: {
        start: step("start", async (scene) => {
          const { chat } = scene;
          const later = { by: "itself" } as const;
          chat.remind({ key: "tip", dialog: tip, time: { hours: 2 }, data: scene.child("tip", later) });
          const urgent = scene.child("alert", { ...later, critical: true });
          chat.remind({ key: "alert", dialog: alert, time: { hours: 3 }, data: urgent });
          await scene.say("planned");
        }),
      },
    }),
    command({
      ...base,
      command: "forget",
      steps: {
        start: step("start", async (scene) => {
          scene.chat.forget("tip");
          await scene.say("forgotten");
        }),
      },
    }),
    command({
      ...base,
      command: "many",
      steps: {
        start: step("start", async (scene) => {
          for (let at = 0; at < 40; at += 1) {
            const data = scene.child("tip", { by: "itself" });
            scene.chat.remind({ key: data.id, dialog: tip, time: { days: 3, minutes: at }, data });
          }
          scene.showKept();
          await scene.say("many planned");
        }),
      },
    }),
  ];
}
