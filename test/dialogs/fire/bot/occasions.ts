import { z } from "zod";
import { Media } from "../../../../contract/media.ts";
import { type AnyOccasion, answer, type Occasion, occasion } from "../../../../dialogs/communication.ts";
import { type Ground, naming, RunData, stepsOn, UNNAMED } from "../scene.ts";
import type { Cause } from "../trace.ts";

const Anything = answer(z.union([z.string(), Media]), { ru: "ещё раз", en: "once again" });
const base = { data: RunData, initial: UNNAMED };
const menu = { alias: "/menu", data: RunData };

/** On whose account something is said on an occasion. */
const CAUSES: Readonly<Record<Exclude<Occasion, "unmatched" | "to-operator">, Cause>> = {
  later: "failure",
  busy: "person",
  sorry: "failure",
  changed: "failure",
  deleted: "person",
  resumed: "itself",
};

/** What the bot under fire says by itself, in words that are known again. */
export function occasionsOn(ground: Ground): readonly AnyOccasion[] {
  const step = stepsOn(ground);
  const saying = (on: keyof typeof CAUSES, withMenu = false) =>
    naming(
      occasion({
        ...base,
        on,
        steps: {
          start: step("start", async (scene) => {
            await scene.say(on);
            if (withMenu) scene.chat.begin(menu, scene.child("menu"));
            if (on === "resumed") scene.showKept();
          }),
        },
      }),
      ground.trace,
      on,
      CAUSES[on],
    );
  const hearing = (on: "unmatched" | "to-operator") =>
    naming(
      occasion({
        ...base,
        on,
        answers: { start: Anything },
        steps: { start: step("start", (scene) => scene.say(on === "unmatched" ? "what?" : "passed on")) },
      }),
      ground.trace,
      on === "unmatched" ? "echo" : "passed",
      "person",
    );
  return [
    ...(["later", "busy", "sorry", "resumed"] as const).map((on) => saying(on)),
    ...(["changed", "deleted"] as const).map((on) => saying(on, true)),
    hearing("unmatched"),
    hearing("to-operator"),
  ];
}
