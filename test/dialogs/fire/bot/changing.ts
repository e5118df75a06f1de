import { type AnyCommand, command } from "../../../../dialogs/communication.ts";
import { type Ground, mark, RunData, stepsOn, UNNAMED } from "../scene.ts";
import { alice } from "./alice.ts";

const base = { summary: { ru: "", en: "" }, data: RunData, initial: UNNAMED };

/** Commands that change how it stands with the person. */
export function changing(ground: Ground): readonly AnyCommand[] {
  const step = stepsOn(ground);
  return [
    command({
      ...base,
      command: "start",
      steps: {
        start: step("start", async (scene) => {
          await scene.chat.signIn(alice);
          await scene.say("hello");
        }),
      },
    }),
    command({
      ...base,
      command: "logout",
      steps: {
        start: step("start", async (scene) => {
          if (await scene.chat.signOut()) await scene.chat.system.disconnectBot(alice.userId);
          await scene.say("bye");
        }),
      },
    }),
    command({
      ...base,
      command: "pause",
      steps: {
        start: step("start", async (scene) => {
          await scene.pause({ hours: 3 });
          await scene.say("quiet for a while");
        }),
      },
    }),
    command({
      ...base,
      command: "away",
      steps: {
        start: step("start", async (scene) => {
          await scene.pause("forever");
          await scene.say("quiet");
        }),
      },
    }),
    command({
      ...base,
      command: "resume",
      steps: {
        start: step("start", async (scene) => {
          await scene.resume();
          return scene.chat.choose(
            scene.words("welcome back"),
            { show: "show", drop: "drop" },
            { data: scene.next },
          );
        }),
        show: step("show", async (scene) => scene.showKept(), "person"),
        drop: step("drop", async (scene) => scene.chat.dropKept(), "person"),
      },
    }),
    command({ ...base, command: "show", steps: { start: step("start", async (scene) => scene.showKept()) } }),
    command({
      ...base,
      command: "operator",
      steps: {
        start: step("start", async (scene) => {
          await scene.handOver();
          await scene.say("an operator comes");
        }),
      },
    }),
    command({
      ...base,
      command: "back",
      evenWithOperator: true,
      steps: {
        start: step("start", async (scene) => {
          await scene.takeBack();
          await scene.say("the bot is back");
        }),
      },
    }),
    command({
      ...base,
      command: "swap",
      steps: {
        start: step("start", async (scene) => {
          await scene.chat.tag("green");
          await scene.chat.untag("green");
          await scene.chat.set(mark("green"), "green");
          await scene.chat.set(mark("green"), null);
          await scene.say(`green: ${scene.chat.tags.includes("green")}`);
        }),
      },
    }),
    ...["red", "blue"].map((name) =>
      command({
        ...base,
        command: name,
        steps: {
          start: step("start", async (scene) => {
            await scene.tag(name);
            await scene.writes();
            await scene.set(name);
            await scene.say(`${name}: ${scene.chat.get(mark(name)) !== null}`);
          }),
        },
      }),
    ),
  ];
}
