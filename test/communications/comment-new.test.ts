import { describe, expect, it } from "vitest";
import { familyWorld } from "./family-world.ts";

const newComment = { postId: 1, authorId: 3, commentAuthorId: 1707, comment: "Ура!", userIds: [127, 1707] };
const MINUTE = 60_000;

/** Alice has got a comment on each of two posts. */
async function twoComments() {
  const { world, alice } = await familyWorld();
  const [post] = world.system.posts;
  if (post) world.system.posts.push({ ...post, postId: "2" });
  await world.call("comment/new", newComment);
  const first = alice.last;
  await world.call("comment/new", { ...newComment, postId: 2 });
  return { world, alice, first, second: alice.last };
}

describe("comment/new", () => {
  it("tells everybody but the comment's author", async () => {
    const { world, alice, bob } = await familyWorld();
    const before = bob.sees.length;

    const result = await world.call("comment/new", newComment);

    expect(result).toEqual({ outcomes: new Map([["127", { state: "sent" }]]) });
    expect(alice.last.text).toBe("💬 Боб Лиддел комментирует «Мы переезжаем!»:\n\nУра!");
    expect(bob.sees).toHaveLength(before);
  });

  it("names a post without text as a post, and does without the words of a comment that came without", async () => {
    const { world, alice, bob } = await familyWorld();
    const [post] = world.system.posts;
    if (post) world.system.posts.push({ ...post, postId: "2", text: "" });

    await world.call("comment/new", { ...newComment, postId: 2 });
    const { comment: _, ...wordless } = newComment;
    await world.call("comment/new", { ...wordless, commentAuthorId: 127 });

    expect(alice.last.text).toBe("💬 Боб Лиддел комментирует запись:\n\nУра!");
    expect(bob.last.text).toBe("💬 Алиса Лиддел comments on “Мы переезжаем!”.");
  });

  it("takes an answer to the main system under that person's name", async () => {
    const { world, alice } = await familyWorld();
    await world.call("comment/new", newComment);

    await alice.taps("Ответить");
    await alice.types("  Поздравляю!  ");

    expect(world.system.comments).toEqual([{ postId: "1", authorId: "127", text: "Поздравляю!" }]);
    expect(alice.sees.slice(-2)).toEqual([
      "Напишите ваш ответ — я опубликую его на сайте под этой записью.",
      "Готово, ваш ответ опубликован на сайте.",
    ]);
  });

  it("takes a reply to the message itself as an answer", async () => {
    const { world, alice } = await familyWorld();
    await world.call("comment/new", newComment);

    await alice.replies(alice.last, "Поздравляю!");

    expect(world.system.comments).toEqual([{ postId: "1", authorId: "127", text: "Поздравляю!" }]);
  });

  it("tells the ledger that the person has answered", async () => {
    const { world, alice } = await familyWorld();
    await world.call("comment/new", newComment);

    await alice.taps("Ответить");

    expect(world.reported).toContainEqual(
      expect.objectContaining({ kind: "outcome", callId: "call-1", seq: 0, outcome: { state: "answered" } }),
    );
  });

  it("asks again, kindly, for an answer that is too long", async () => {
    const { world, alice } = await familyWorld();
    await world.call("comment/new", newComment);
    await alice.taps("Ответить");

    await alice.types("а".repeat(4001));
    expect(alice.last.text).toContain("длиннее 4000 знаков");
    await alice.types("Короче");

    expect(world.system.comments).toEqual([{ postId: "1", authorId: "127", text: "Короче" }]);
  });

  it("does nothing at the second tap of a doubled click, and says so", async () => {
    const { world, alice } = await familyWorld();
    await world.call("comment/new", newComment);
    const comment = alice.last;

    await alice.taps("Ответить", comment);
    const seen = alice.sees.length;
    await alice.taps("Ответить", comment);

    expect(alice.sees).toHaveLength(seen);
    expect(alice.phone.notes.at(-1)).toContain("уже сработала");
  });

  it("keeps several open comments apart: each answer finds its own", async () => {
    const { world, alice, first, second } = await twoComments();

    await alice.taps("Ответить", first);
    await alice.replies(second, "ко второму");
    await alice.types("к первому");

    expect(world.system.comments.map(({ postId, text }) => [postId, text])).toEqual([
      ["2", "ко второму"],
      ["1", "к первому"],
    ]);
  });

  it("takes a text for the question that was asked last, in whatever order the comments came", async () => {
    const { world, alice, first, second } = await twoComments();

    await alice.taps("Ответить", second);
    await alice.taps("Ответить", first);
    await alice.types("к первому");
    await alice.types("ко второму");

    expect(world.system.comments.map(({ postId, text }) => [postId, text])).toEqual([
      ["1", "к первому"],
      ["2", "ко второму"],
    ]);
  });

  it("publishes the answer by itself once a silent site is back, and tells the person once", async () => {
    const { world, alice } = await familyWorld();
    await world.call("comment/new", newComment);
    await alice.taps("Ответить");
    world.system.fails("silent", "silent");

    await alice.types("Поздравляю!");
    expect(alice.last.text).toContain("Сайт сейчас не отвечает");
    await alice.types("/help");
    expect(alice.last.text).toContain("Я присылаю новости");
    await world.passes(5 * MINUTE);

    expect(world.system.comments).toHaveLength(1);
    expect(alice.last.text).toContain("опубликован");
    expect(alice.sees.filter((text) => text.includes("не отвечает"))).toHaveLength(1);
  });

  it("tells whoever answers again, while the site is silent, that the answer before is still on its way", async () => {
    const { world, alice } = await familyWorld();
    await world.call("comment/new", newComment);
    const comment = alice.last;
    world.system.fails("silent", "silent");
    await alice.replies(comment, "раз");

    await alice.replies(comment, "два");
    expect(alice.last.text).toContain("ещё передаю ваш прошлый ответ");
    await world.passes(MINUTE);
    await alice.replies(comment, "два");

    expect(world.system.comments.map(({ text }) => text)).toEqual(["раз", "два"]);
  });

  it.each([
    ["the post is gone", "knows-no-such", "больше нет"],
    ["the site does not take it", "refuses", "не принял"],
  ] as const)("says so where %s by the time of the answer", async (_name, fault, said) => {
    const { world, alice } = await familyWorld();
    await world.call("comment/new", newComment);
    await alice.taps("Ответить");
    world.system.fails(fault);

    await alice.types("Поздравляю!");

    expect(alice.last.text).toContain(said);
  });

  it("can be answered again, by the button and by replies to any of its messages", async () => {
    const { world, alice } = await familyWorld();
    await world.call("comment/new", newComment);
    const comment = alice.last;

    await alice.replies(comment, "раз");
    await alice.taps("Ответить ещё");
    await alice.types("два");
    await alice.replies(comment, "три");

    expect(world.system.comments.map(({ text }) => text)).toEqual(["раз", "два", "три"]);
    expect(world.reported.filter((record) => record.kind === "outcome")).toHaveLength(1);
  });

  it("can be left unanswered after all", async () => {
    const { world, alice } = await familyWorld();
    await world.call("comment/new", newComment);
    await alice.taps("Ответить");

    await alice.taps("Отмена");
    await alice.types("это уже не ответ");

    expect(world.system.comments).toEqual([]);
    expect(alice.last.text).toContain("не понял");
  });

  it("is not published under what somebody types after they went to the menu", async () => {
    const { world, alice } = await familyWorld();
    await world.call("comment/new", newComment);
    await alice.taps("Ответить");
    const question = alice.last;

    await alice.types("/menu");
    await alice.types("привет, бот");
    expect(world.system.comments).toEqual([]);
    await alice.replies(question, "а это ответ");

    expect(world.system.comments.map(({ text }) => text)).toEqual(["а это ответ"]);
  });

  it("asks whoever signed out meanwhile to sign in, before they write", async () => {
    const { world, alice } = await familyWorld();
    await world.call("comment/new", newComment);
    await alice.types("/logout");

    await alice.taps("Ответить");

    expect(alice.last.text).toContain("нужно войти");
  });

  it("takes a reply to where it belongs, whatever other questions are open", async () => {
    const { world, alice, first, second } = await twoComments();
    await alice.taps("Ответить", first);
    await alice.taps("Ответить", second);

    await alice.replies(first, "к первому");
    await alice.replies({ ...first, messageId: "elsewhere" }, "ни к чему");

    expect(world.system.comments.map(({ postId, text }) => [postId, text])).toEqual([["1", "к первому"]]);
  });
});
