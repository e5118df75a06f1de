import { z } from "zod";
import { type AnyCommunication, answer, communication } from "../../../../dialogs/communication.ts";
import { users } from "../../../../dialogs/recipients.ts";
import { type Ground, RunData, type Scene, stepsOn } from "../scene.ts";
import { tip } from "./reminders.ts";

const map = { section: "Fire", event: "Something happens", communication: "Alice is told", description: "" };
const example = { id: "example", n: 0, by: "itself", critical: false } as const;

/** What a communication under fire is beside its steps. */
const told = (alias: string, more: { readonly critical?: boolean } = {}) => ({
  alias,
  summary: "",
  map,
  example,
  params: RunData,
  data: RunData,
  kind: { ru: alias, en: alias },
  ...more,
  audience: () => users(["127"]),
  prepare: async (params: RunData) => params,
});

/** What the bot under fire can be told to tell. */
export function communicationsOn(ground: Ground): readonly AnyCommunication[] {
  return [...brief(ground), ...asking(ground), ...long(ground)];
}

/** Those of one step. */
function brief(ground: Ground): readonly AnyCommunication[] {
  const step = stepsOn(ground);
  const saying = (text: string) => ({ start: step("start", (scene: Scene) => scene.say(text)) });
  return [
    communication({ ...told("news"), steps: saying("news") }),
    communication({ ...told("siren", { critical: true }), steps: saying("a siren") }),
    communication({
      ...told("post"),
      refresh: async (data, system) => ((await system.post("1")) === null ? null : data),
      forgets: () => ["tip"],
      steps: saying("a post"),
    }),
    communication({
      ...told("reading"),
      steps: {
        start: step("start", async (scene) => {
          await scene.reads();
          await scene.say("read");
        }),
      },
    }),
    communication({
      ...told("double"),
      steps: {
        start: step("start", async (scene) => {
          await scene.say("one");
          await scene.writes();
          scene.mayBreak();
          await scene.say("two");
        }),
      },
    }),
    communication({ ...told("mute"), steps: { start: step("start", async () => {}) } }),
    communication({
      ...told("planner"),
      steps: {
        start: step("start", async (scene) => {
          scene.chat.remind({ key: "tip", dialog: tip, time: { hours: 1 }, data: scene.child("tip") });
          await scene.say("planned");
        }),
      },
    }),
  ];
}

/** Those that wait for an answer. */
function asking(ground: Ground): readonly AnyCommunication[] {
  const step = stepsOn(ground);
  const asks = (within?: { readonly hours: number }) => ({
    start: step("start", async (scene: Scene) =>
      scene.chat.choose(
        scene.words("well?"),
        { good: "good", bad: "bad" },
        { reply: "words", ...(within ? { within, late: "late" } : {}), data: scene.next },
      ),
    ),
    good: step("good", (scene: Scene) => scene.say("good"), "person"),
    bad: step(
      "bad",
      async (scene: Scene) => {
        await scene.writes();
        await scene.say("sorry to hear that");
      },
      "person",
    ),
    words: step("words", (scene: Scene) => scene.say("thanks for the words"), "person"),
    late: step("late", (scene: Scene) => scene.say("no matter"), "itself"),
  });
  const answers = { words: answer(z.string(), { ru: "словами", en: "in words" }) };
  return [
    communication({ ...told("poll"), answers, steps: asks() }),
    communication({ ...told("survey"), answers, steps: asks({ hours: 24 }) }),
    communication({ ...told("alarm", { critical: true }), answers, steps: asks({ hours: 3 }) }),
  ];
}

/** Those of several steps. */
function long(ground: Ground): readonly AnyCommunication[] {
  const step = stepsOn(ground);
  const dreams = {
    start: step("start", async (scene: Scene) => {
      await scene.say("sleepy");
      return scene.chat.sleep({ hours: 5 }, "wake", scene.next);
    }),
    wake: step(
      "wake",
      async (scene: Scene) => {
        await scene.writes();
        await scene.say("up again");
      },
      "itself",
    ),
  };
  return [
    communication({
      ...told("chain"),
      steps: {
        start: step("start", async (scene) => scene.chat.goto("tell", scene.next)),
        tell: step("tell", (scene) => scene.say("at the end of a chain")),
      },
    }),
    communication({ ...told("dream"), steps: dreams }),
    communication({ ...told("nightmare", { critical: true }), steps: dreams }),
  ];
}
