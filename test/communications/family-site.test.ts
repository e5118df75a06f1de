import { describe, expect, it } from "vitest";
import { ChannelBlocked, ChannelBusy, ChannelUncertain, PictureRefused } from "../../contract/errors.ts";
import { familyWorld } from "./family-world.ts";

const newComment = { postId: 1, authorId: 3, commentAuthorId: 1707, comment: "Ура!", userIds: [127, 1707] };
const MINUTE = 60_000;

describe("post/new", () => {
  it("shows the post with its picture, each in their own language", async () => {
    const { world, alice, bob } = await familyWorld();

    const result = await world.call("post/new", { postId: 1, authorId: 3, userIds: [127, 1707] });

    expect(result).toMatchObject({
      outcomes: new Map([
        ["127", { state: "sent" }],
        ["1707", { state: "sent" }],
      ]),
    });
    expect(alice.last.text).toContain("Чарльз пишет на семейном сайте:\n\nМы переезжаем!");
    expect(alice.last.picture).toBe("https://site.test/pictures/1");
    expect(bob.last.text).toContain("Чарльз writes on the family site:");
  });

  it("can be answered: by its button, or by a reply to it", async () => {
    const { world, alice } = await familyWorld();
    await world.call("post/new", { postId: 1, authorId: 3, userIds: [127] });
    const post = alice.last;

    await alice.taps("Ответить");
    await alice.types("Поздравляю!");
    await alice.replies(post, "Куда?");

    expect(world.system.comments.map(({ authorId, text }) => [authorId, text])).toEqual([
      ["127", "Поздравляю!"],
      ["127", "Куда?"],
    ]);
  });

  it("fetches the post once, however many are told", async () => {
    const { world } = await familyWorld();
    world.system.calls.length = 0;

    await world.call("post/new", { postId: 1, authorId: 3, userIds: [127, 1707] });

    expect(world.system.calls).toEqual(["post"]);
  });

  it("says that a post is not there", async () => {
    const { world } = await familyWorld();

    expect(await world.call("post/new", { postId: 2, authorId: 3, userIds: [127] })).toEqual({
      refused: "post-not-found",
    });
  });

  it("sends the text alone where the picture can't be fetched, and the ledger says so", async () => {
    const { world, alice } = await familyWorld();
    alice.phone.fails({ error: new PictureRefused("failed to get HTTP URL content") });

    const result = await world.call("post/new", { postId: 1, authorId: 3, userIds: [127] });

    expect(result).toEqual({ outcomes: new Map([["127", { state: "sent", reason: "picture-missing" }]]) });
    expect(alice.last.text).toContain("Мы переезжаем!");
    expect(alice.last.picture).toBeUndefined();
  });

  it("shows what people typed as they typed it", async () => {
    const { world, alice } = await familyWorld();
    const text = "<b>не жирный</b> & 5 > 3 🎉";
    world.system.posts.push({
      postId: "2",
      authorId: "3",
      authorName: "Ч",
      text,
      picture: null,
      url: "https://s.test",
    });

    await world.call("post/new", { postId: 2, authorId: 3, userIds: [127] });

    expect(alice.last.text).toContain(text);
  });

  it("sends a long post whole and in order: picture, then text in pieces, the buttons under the last", async () => {
    const { world, alice } = await familyWorld();
    const text = Array.from({ length: 1000 }, (_, at) => `слово${at}`).join(" ");
    const picture = "https://site.test/pictures/2";
    world.system.posts.push({
      postId: "2",
      authorId: "3",
      authorName: "Ч",
      text,
      picture,
      url: "https://s.test",
    });
    const before = alice.phone.shown.length;

    await world.call("post/new", { postId: 2, authorId: 3, userIds: [127] });

    const [photo, ...texts] = alice.phone.shown.slice(before);
    expect(photo).toMatchObject({ picture, text: "" });
    expect(texts.every((piece) => piece.text.length <= 4096)).toBe(true);
    expect(texts.map((piece) => piece.text).join(" ")).toContain(text);
    expect(texts.map((piece) => piece.buttons.length)).toEqual([...texts.slice(1).map(() => 0), 2]);
  });
});

describe("comment/new", () => {
  it("tells everybody but the comment's author", async () => {
    const { world, alice, bob } = await familyWorld();
    const before = bob.sees.length;

    const result = await world.call("comment/new", newComment);

    expect(result).toEqual({ outcomes: new Map([["127", { state: "sent" }]]) });
    expect(alice.last.text).toBe("💬 Боб Лиддел комментирует «Мы переезжаем!»:\n\nУра!");
    expect(bob.sees).toHaveLength(before);
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
    const { world, alice } = await familyWorld();
    world.system.posts.push({
      postId: "2",
      authorId: "3",
      authorName: "Ч",
      text: "Второй",
      picture: null,
      url: "https://s.test",
    });
    await world.call("comment/new", newComment);
    const first = alice.last;
    await world.call("comment/new", { ...newComment, postId: 2 });
    const second = alice.last;

    await alice.taps("Ответить", first);
    await alice.replies(second, "ко второму");
    await alice.types("к первому");

    expect(world.system.comments.map(({ postId, text }) => [postId, text])).toEqual([
      ["2", "ко второму"],
      ["1", "к первому"],
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
  });

  it("can be left unanswered after all", async () => {
    const { world, alice } = await familyWorld();
    await world.call("comment/new", newComment);
    await alice.taps("Ответить");

    await alice.taps("Отмена");
    await alice.types("это уже не ответ");

    expect(world.system.comments).toEqual([]);
    expect(alice.last.text).toContain("Меню");
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
    const { world, alice } = await familyWorld();
    world.system.posts.push({ ...world.system.posts[0], postId: "2" } as (typeof world.system.posts)[number]);
    await world.call("comment/new", newComment);
    const first = alice.last;
    await world.call("comment/new", { ...newComment, postId: 2 });
    const second = alice.last;
    await alice.taps("Ответить", first);
    await alice.taps("Ответить", second);

    await alice.replies(first, "к первому");
    await alice.replies({ ...first, messageId: "elsewhere" }, "ни к чему");

    expect(world.system.comments.map(({ postId, text }) => [postId, text])).toEqual([["1", "к первому"]]);
  });
});

describe("a delivery that meets an obstacle", () => {
  it("waits as long as the messenger asks, and then arrives once", async () => {
    const { world, alice } = await familyWorld();
    alice.phone.fails({ error: new ChannelBusy(30) });
    const before = alice.sees.length;

    const result = await world.call("post/new", { postId: 1, authorId: 3, userIds: [127] });
    expect(result).toEqual({ outcomes: new Map([["127", { state: "deferred", reason: "channel-busy" }]]) });
    await world.passes(29_000);
    expect(alice.sees).toHaveLength(before);
    await world.passes(2_000);

    expect(alice.sees).toHaveLength(before + 1);
    expect(world.reported.at(-1)).toMatchObject({ outcome: { state: "sent" } });
  });

  it("is never sent again where it may have arrived", async () => {
    const { world, alice } = await familyWorld();
    alice.phone.fails({ error: new ChannelUncertain("cut"), sent: true });
    const before = alice.sees.length;

    const result = await world.call("post/new", { postId: 1, authorId: 3, userIds: [127] });
    await world.passes(24 * 60 * MINUTE);

    expect(result).toEqual({
      outcomes: new Map([["127", { state: "uncertain", reason: "connection-lost" }]]),
    });
    expect(alice.sees).toHaveLength(before + 1);
  });

  it("ends where the person has blocked the bot; their next message lets it in again", async () => {
    const { world, alice } = await familyWorld();
    alice.phone.fails({ error: new ChannelBlocked("bot was blocked by the user") });

    const result = await world.call("post/new", { postId: 1, authorId: 3, userIds: [127] });

    expect(result).toEqual({ outcomes: new Map([["127", { state: "blocked", reason: "channel-blocked" }]]) });
    expect(world.directory.isBlocked(alice.externalId)).toBe(true);
    await alice.types("/menu");
    expect(world.directory.isBlocked(alice.externalId)).toBe(false);
  });

  it("does not come in between while the messenger holds the chat, and keeps the order of what the person wrote", async () => {
    const { world, alice } = await familyWorld();
    alice.phone.fails({ error: new ChannelBusy(10) });
    const before = alice.sees.length;

    await alice.types("/help");
    await alice.types("/menu");
    await world.call("post/new", { postId: 1, authorId: 3, userIds: [127] });
    expect(alice.sees).toHaveLength(before);
    await world.passes(11_000);

    expect(alice.sees.slice(before).map((text) => text.slice(0, 4))).toEqual(["Я пр", "📰 Ч", "Меню"]);
  });

  it("waits as a whole while the messenger holds the chat: nothing else is tried, and nothing torn apart", async () => {
    const { world, alice } = await familyWorld();
    world.system.posts.push({
      ...world.system.posts[0],
      postId: "2",
      picture: null,
      text: "Д".repeat(6000),
    } as (typeof world.system.posts)[number]);
    const before = alice.sees.length;
    alice.phone.fails({ error: new ChannelBusy(60) });
    await world.call("post/new", { postId: 2, authorId: 3, userIds: [127] });
    for (const comment of ["раз", "два"]) await world.call("comment/new", { ...newComment, comment });
    alice.phone.fails({ error: new ChannelBusy(60) });

    await world.passes(61_000);
    expect(alice.sees).toHaveLength(before);
    await world.passes(61_000);

    expect(alice.sees.slice(before).map((text) => text[0])).toEqual(["📰"[0], "Д", "💬"[0], "💬"[0]]);
  });

  it("does not reach somebody who signed out before it came", async () => {
    const { world, alice } = await familyWorld();
    alice.phone.fails({ error: new ChannelBusy(3) });
    await world.call("post/new", { postId: 1, authorId: 3, userIds: [127] });

    await alice.types("/logout");
    await world.passes(MINUTE);

    expect(alice.sees.filter((text) => text.includes("Чарльз"))).toHaveLength(1);
    await world.call("post/new", { postId: 1, authorId: 3, userIds: [1707] });
    const post = world.system.posts[0];
    const address = { botId: "1", channel: "telegram", externalId: alice.externalId } as const;
    const late = {
      callId: "late",
      seq: 0,
      userId: "127",
      address,
      alias: "post/new",
      data: JSON.stringify({ post }),
    };
    expect(await alice.isToldOf(late)).toEqual({ state: "unlinked", reason: "signed-out" });
  });

  it("is known to be answered also a week later", async () => {
    const { world, alice } = await familyWorld();
    await world.call("comment/new", newComment);
    const comment = alice.last;
    await world.passes(8 * 24 * 60 * MINUTE);
    await world.call("comment/new", newComment);

    await alice.taps("Ответить", comment);

    expect(world.reported).toContainEqual(
      expect.objectContaining({ callId: "call-1", outcome: { state: "answered" } }),
    );
  });
});
