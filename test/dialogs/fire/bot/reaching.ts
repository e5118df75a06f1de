import { type AnyCommand, command } from "../../../../dialogs/communication.ts";
import { type Ground, RunData, stepsOn, UNNAMED } from "../scene.ts";
import { tip } from "./reminders.ts";

const base = { summary: { ru: "", en: "" }, data: RunData, initial: UNNAMED };

/** Commands that reach the main system, other dialogs, other people. */
export function reaching(ground: Ground): readonly AnyCommand[] {
  const step = stepsOn(ground);
  return [
    command({
      ...base,
      command: "call",
      steps: {
        start: step("start", async (scene) => {
          const news = scene.child("news", { by: "itself" });
          await scene.chat.call({ alias: "news", params: RunData }, news);
          const later = scene.child("survey", { by: "itself" });
          await scene.chat.call({ alias: "survey", params: RunData }, later, { time: { hours: 1 } });
          await scene.say("called");
        }),
      },
    }),
    command({
      ...base,
      command: "begin",
      steps: {
        start: step("start", async (scene) => {
          scene.chat.begin(tip, scene.child("tip"));
          await scene.say("begun");
        }),
      },
    }),
    command({
      ...base,
      command: "shaky",
      steps: {
        start: step("start", async (scene) => {
          await scene.say("before");
          scene.mayBreak();
          await scene.say("after");
        }),
      },
    }),
    command({
      ...base,
      command: "try",
      steps: {
        start: step("start", async (scene) => {
          const came = await scene.writes().then(
            () => "written",
            () => "not written",
          );
          await scene.say(came);
        }),
      },
    }),
    command({
      ...base,
      command: "work",
      steps: {
        start: step("start", async (scene) => {
          await scene.say("I will");
          return scene.chat.goto("background", scene.next);
        }),
        background: step("background", async (scene) => {
          await scene.writes();
          await scene.say("I have");
        }),
      },
    }),
    command({
      ...base,
      command: "circle",
      steps: { start: step("start", async (scene) => scene.chat.goto("start", scene.next)) },
    }),
  ];
}
