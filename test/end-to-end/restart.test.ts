import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { outcomeOf } from "../world/api.ts";
import type { Person } from "../world/person.ts";
import { until } from "../world/until.ts";
import { startWorld, type World } from "../world/world.ts";

let world: World;
let alexander: Person;
let anna: Person;

beforeAll(async () => {
  world = await startWorld({ siteTells: false });
  [alexander, anna] = await Promise.all([world.person(127), world.person(1707)]);
  await Promise.all([alexander.signIn(), anna.signIn()]);
});
afterEach(async () => {
  world.line.well();
  await world.telegram.well();
});
afterAll(() => world?.close());

const userIds = [127, 1707];
/** What a restart may take until all that it interrupted has gone on, ms. */
const RECOVERY = 40_000;

const calls = async (method: string) => (await world.telegram.stats()).calls[method] ?? 0;

describe("a restart of the Worker", () => {
  it("loses no answer that waits for the site", async () => {
    const postId = await world.site.post("Перезапуск с ответом");
    await world.api.accepted("comment/new", { postId, authorId: 3, comment: "Ответьте", userIds: [1707] });
    const comment = await anna.sees("Ответьте");
    world.line.disturb(`/post/${postId}/comments`, { kind: "cut" });
    const answered = await anna.say("Пережил перезапуск", comment.message_id);
    await anna.sees("Ничего не потеряно", { after: answered });

    await world.worker.restart();
    world.line.well();

    await anna.sees("ваш ответ опубликован", { after: answered, within: RECOVERY });
    expect((await world.site.comments(postId)).map(({ text }) => text)).toEqual(["Пережил перезапуск"]);
  });

  it("keeps the question that a person was asked open", async () => {
    const postId = await world.site.post("Открытый вопрос");
    await world.api.accepted("comment/new", {
      postId,
      authorId: 3,
      comment: "Что скажете?",
      userIds: [1707],
    });
    const comment = await anna.sees("Что скажете?");
    await anna.tap("Ответить", comment.message_id);
    const asked = await anna.sees("Напишите ваш ответ", { after: comment.message_id });

    await world.worker.restart();
    const answered = await anna.say("Скажу после перезапуска");

    await anna.sees("ваш ответ опубликован", { after: Math.max(asked.message_id, answered) });
    expect(await world.site.comments(postId)).toHaveLength(1);
  });

  it("answers once what a person wrote while it was down", async () => {
    const restarted = world.worker.restart();
    const after = await alexander.say("/help");
    await restarted;

    await alexander.sees("/logout", { after, within: RECOVERY });

    await alexander.settle();
    const help = (await alexander.heard()).filter(({ message_id }) => message_id > after);
    expect(help).toHaveLength(2);
  });

  it("loses nobody of a broadcast, and sends nothing again that was on its way", async () => {
    const [first, second] = [
      await world.site.post("Обрыв посреди отправки"),
      await world.site.post("Очередь пропала"),
    ];
    const before = await calls("sendMessage");
    await world.telegram.fault({ user: 127, method: "sendMessage", delay_ms: 8_000 });
    const broken = await world.api.accepted("post/new", { postId: first, authorId: 3, userIds });
    await until(
      "both sends are under way",
      () => calls("sendMessage"),
      (now) => now >= before + 2,
    );
    const queued = await world.api.accepted("post/new", { postId: second, authorId: 3, userIds });

    await world.worker.restart();

    const report = await world.api.untilFinished(queued.callId, RECOVERY);
    expect(userIds.map((id) => outcomeOf(report, id))).toEqual(["sent", "sent"]);
    const recovered = await world.api.untilFinished(broken.callId, RECOVERY);
    expect(outcomeOf(recovered, 127)).toBe("uncertain: connection-lost");
    for (const person of [alexander, anna]) {
      for (const words of ["Обрыв посреди отправки", "Очередь пропала"])
        await person.sees(words, { within: RECOVERY });
      await person.settle();
      for (const words of ["Обрыв посреди отправки", "Очередь пропала"])
        expect(await person.count(words)).toBe(1);
    }
  });
});
