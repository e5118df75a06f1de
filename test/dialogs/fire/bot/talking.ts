import { z } from "zod";
import { Media } from "../../../../contract/media.ts";
import { type AnyCommand, answer, command } from "../../../../dialogs/communication.ts";
import { type Ground, RunData, stepsOn, UNNAMED } from "../scene.ts";

const again = { ru: "ещё раз", en: "once again" };
const base = { summary: { ru: "", en: "" }, data: RunData, initial: UNNAMED };

/** Only what ends so is an answer. */
const Ok = answer(z.string().regex(/ ok$/), again);
const Anything = answer(z.union([z.string(), Media]), again);

/** Commands that say and ask. */
export function talking(ground: Ground): readonly AnyCommand[] {
  const step = stepsOn(ground);
  return [
    command({
      ...base,
      command: "menu",
      steps: {
        start: step("start", (scene) =>
          scene.say("menu", {
            buttons: ["nap", "ask", "pick"].map((name) => [{ label: name, command: name }]),
          }),
        ),
      },
    }),
    command({
      ...base,
      command: "ask",
      answers: { take: Ok },
      steps: {
        start: step("start", async (scene) =>
          scene.chat.ask(scene.words("ok?"), "take", {
            options: { skip: "skip" },
            within: { hours: 1 },
            late: "late",
            data: scene.next,
          }),
        ),
        take: step(
          "take",
          async (scene) => {
            await scene.writes();
            await scene.say("taken");
            return scene.chat.goto("done", scene.next);
          },
          "person",
        ),
        skip: step("skip", (scene) => scene.say("skipped"), "person"),
        late: step("late", (scene) => scene.say("too late"), "itself"),
        done: step("done", (scene) => scene.say("done")),
      },
    }),
    command({
      ...base,
      command: "pick",
      answers: { words: Anything },
      steps: {
        start: step("start", async (scene) =>
          scene.chat.choose(
            scene.words("yes or no?"),
            { yes: "yes", no: "no" },
            { reply: "words", data: scene.next },
          ),
        ),
        yes: step(
          "yes",
          async (scene) => {
            await scene.say("once more");
            if (scene.data.n > 3) return;
            return scene.chat.choose(
              scene.words("yes or no?"),
              { yes: "yes", no: "no" },
              { data: scene.next },
            );
          },
          "person",
        ),
        no: step("no", (scene) => scene.say("no"), "person"),
        words: step("words", (scene) => scene.say("words"), "person"),
      },
    }),
    command({
      ...base,
      command: "phone",
      answers: { take: answer(z.string().startsWith("+7"), again) },
      steps: {
        start: step("start", async (scene) =>
          scene.chat.askContact(scene.words("your number?"), "share", "take", { data: scene.next }),
        ),
        take: step("take", (scene) => scene.say("your number", { closeKeyboard: true } as object), "person"),
      },
    }),
    command({
      ...base,
      command: "place",
      steps: {
        start: step("start", async (scene) => {
          await scene.say("here", { attachment: { kind: "location", latitude: 1, longitude: 1 } });
          await scene.say("and this", { attachment: { kind: "document", source: "https://site.test/file" } });
        }),
      },
    }),
    command({
      ...base,
      command: "long",
      steps: {
        start: step("start", async (scene) => {
          await scene.say("first");
          await scene.saysMuch();
          await scene.say("a picture", { picture: "https://site.test/picture" });
          await scene.say("last");
        }),
      },
    }),
  ];
}
