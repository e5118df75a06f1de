import { describe, expect, it } from "vitest";
import { accountWorld, DAY, HOUR, labels, MINUTE } from "./account-world.ts";

const postNew = { postId: 1, authorId: 3, userIds: [127, 1707] };
const commentNew = { postId: 1, authorId: 3, commentAuthorId: 3, comment: "Ура!", userIds: [127, 1707] };

describe("/pause", () => {
  it.each([
    ["На час", "до 13:00", HOUR],
    ["До завтрашнего утра", "до завтра, 09:00", 21 * HOUR],
    ["На неделю", "до 8 января, 12:00", 7 * DAY],
  ])("offers «%s», and it is quiet as long", async (label, until, length) => {
    const { world, alice } = await accountWorld();
    await alice.types("/pause");
    expect(labels(alice.last)).toEqual(["На час", "До завтрашнего утра", "На неделю", "Пока не вернусь"]);

    await alice.taps(label);
    expect(alice.last.text).toContain(`не побеспокою вас ${until}.`);
    expect(alice.last.text).toContain("только если будет что-то действительно важное");
    const before = alice.sees.length;
    await world.call("post/new", postNew);
    await world.passes(length - MINUTE);
    expect(alice.sees).toHaveLength(before);
    await world.passes(MINUTE);

    expect(alice.sees[before]).toBe("С возвращением, Алиса! Я снова на связи. Чем помочь?");
  });

  it("lasts until they come back, if they like", async () => {
    const { world, bob } = await accountWorld();
    await bob.types("/pause");
    await bob.taps("Until I come back");
    expect(bob.last.text).toContain("I will not disturb you until you come back.");
    const before = bob.sees.length;

    await world.call("post/new", postNew);
    await world.passes(300 * DAY);
    expect(bob.sees).toHaveLength(before);
    await bob.taps("End the pause");

    expect(bob.sees[before]).toBe("Welcome back, Боб! I am here again. What can I do for you?");
  });

  it("tapped twice pauses once", async () => {
    const { alice } = await accountWorld();
    await alice.types("/pause");
    const question = alice.last;

    await alice.taps("На час");
    await alice.taps("На неделю", question);

    expect(alice.last.text).toContain("до 13:00");
    expect(alice.phone.notes.at(-1)).toContain("уже сработала");
  });

  it("during a pause says until when it is, and takes another time, or the way back", async () => {
    const { world, alice } = await accountWorld();
    await alice.types("/pause");
    await alice.taps("На неделю");

    await alice.types("/pause");
    expect(alice.last.text).toContain("Сейчас пауза до 8 января, 12:00.");
    expect(labels(alice.last)).toContain("Снять паузу");
    await alice.taps("На час");
    await world.passes(HOUR);

    expect(alice.last.text).toContain("С возвращением");
  });

  it("lets through what is critical", async () => {
    const { world, alice } = await accountWorld();
    await alice.types("/pause");
    await alice.taps("Пока не вернусь");

    await world.call("users/block", { userId: 127, reason: "Подозрительные входы" });

    expect(alice.last.text).toContain("заблокирована");
  });

  it("shows in the menu, which then offers the way back", async () => {
    const { alice, bob } = await accountWorld();
    for (const [person, label] of [
      [alice, "На час"],
      [bob, "Until I come back"],
    ] as const) {
      await person.types("/pause");
      await person.taps(label);
      await person.types("/menu");
    }

    expect(alice.last.text).toContain("Алиса, сейчас пауза до 13:00: пришлю только самое важное.");
    expect(labels(alice.last)).toContain("Снять паузу");
    expect(labels(alice.last)).not.toContain("Пауза");
    expect(bob.last.text).toContain(
      "I am quiet until you come back: I will send only what is really important.",
    );
  });
});

describe("users/pause", () => {
  it("confirms in every chat of the user until when it is quiet, each in its language", async () => {
    const { world, alice, bob } = await accountWorld();
    const second = world.person({ phone: "+79180000001", language: "en" });
    await second.signsIn();
    const [bobs, until] = [bob.sees.length, new Date(world.clock.now() + 3 * HOUR).toISOString()];

    await world.call("users/pause", { userId: 127, until });
    await world.call("post/new", { ...postNew, userIds: [127] });

    expect(alice.last.text).toContain("не побеспокою вас до 15:00.");
    expect(second.last.text).toContain("I will not disturb you until 15:00.");
    expect(bob.sees).toHaveLength(bobs);
  });

  it("is confirmed once, however often it is called", async () => {
    const { world, alice } = await accountWorld();

    await world.call("users/pause", { userId: 127, until: null });
    await world.call("users/pause", { userId: 127, until: null });

    expect(alice.sees.filter((text) => text.includes("пока вы сами не вернётесь"))).toHaveLength(1);
  });

  it("until a year that nobody lives to see lasts until they come back", async () => {
    const { world, alice } = await accountWorld();

    await world.call("users/pause", { userId: 127, until: "9999-12-31T23:59:59Z" });

    expect(alice.last.text).toContain("не побеспокою вас, пока вы сами не вернётесь.");
  });

  it("to a time that is past needs no words", async () => {
    const { world, alice } = await accountWorld();
    const [before, until] = [alice.sees.length, new Date(world.clock.now() - HOUR).toISOString()];

    await world.call("users/pause", { userId: 127, until });
    await world.passes(HOUR);

    expect(alice.sees).toHaveLength(before);
  });

  it("asks for a time of which nobody has to guess whose noon is meant", () => {
    return expect(
      accountWorld().then(({ world }) =>
        world.call("users/pause", { userId: 127, until: "2027-01-01T12:00" }),
      ),
    ).rejects.toThrow("until");
  });
});

describe("coming back from a pause", () => {
  async function pausedAlice() {
    const all = await accountWorld();
    await all.world.call("users/pause", { userId: 127, until: null });
    await all.world.call("post/new", postNew);
    await all.world.call("comment/new", commentNew);
    await all.world.call("comment/new", { ...commentNew, comment: "И я!" });
    return { ...all, before: all.alice.sees.length };
  }

  it.each(["/resume", "users/resume"])(
    "by %s offers what came, counted by kind, and shows it in order",
    async (way) => {
      const { world, alice, before } = await pausedAlice();

      if (way === "/resume") await alice.types(way);
      else await world.call(way, { userId: 127 });
      expect(alice.sees[before]).toContain("С возвращением, Алиса!");
      expect(alice.sees[before + 1]).toMatch(
        /накопилось:\n• Новые записи: 1\n• .+: 2\n\nПоказать по порядку\?/,
      );
      expect(labels(alice.last)).toEqual(["Показать", "Не нужно"]);
      await alice.taps("Показать");
      await world.passes(MINUTE);

      const shown = alice.sees.slice(before + 2);
      expect(shown.map((text) => /пишет|Ура!|И я!/.exec(text)?.[0])).toEqual(["пишет", "Ура!", "И я!"]);
    },
  );

  it("forgets what came where it is not wanted, and says that what is new comes as usual", async () => {
    const { world, alice } = await pausedAlice();
    await alice.types("/resume");

    await alice.taps("Не нужно");
    expect(alice.last.text).toContain("показывать не буду");
    await alice.types("/resume");
    expect(alice.last.text).toContain("Паузы и так нет");
    await world.call("post/new", postNew);

    expect(alice.last.text).toContain("Мы переезжаем!");
  });

  it("twice offers the review again, and what was shown from one of them is not shown from the other", async () => {
    const { world, alice, before } = await pausedAlice();
    await world.call("users/resume", { userId: 127 });
    const review = alice.last;

    await alice.types("/resume");
    expect(alice.last.text).toContain("накопилось");
    await alice.taps("Показать");
    await world.passes(MINUTE);
    await alice.taps("Показать", review);
    await world.passes(MINUTE);

    expect(alice.last.text).toContain("Показывать больше нечего");
    expect(alice.sees.slice(before).filter((text) => text.includes("пишет"))).toHaveLength(1);
  });

  it("with nothing kept is a greeting and the menu, and no question", async () => {
    const { world, bob } = await accountWorld();
    await world.call("users/pause", { userId: 1707, until: null });
    const before = bob.sees.length;

    await world.call("users/resume", { userId: 1707 });
    await world.passes(MINUTE);

    expect(bob.sees.slice(before)).toEqual(["Welcome back, Боб! I am here again. What can I do for you?"]);
    expect(labels(bob.last)).toEqual(expect.arrayContaining(["Open the site", "Pause", "Help", "Sign out"]));
  });

  it("checks the account, and plans what the system would like them to do", async () => {
    const { world, bob } = await accountWorld();
    const request = { requestId: "5", userId: "1707", title: "Lost rabbit", performerName: "", url: "" };
    world.system.requests.push({ ...request, status: "finished", rating: null });
    world.system.tasks.push({ kind: "review", userId: "1707", requestId: "5", title: "Lost rabbit" });
    await bob.types("/pause");
    await bob.taps("An hour");

    await world.passes(2 * DAY);

    expect(bob.sees.filter((text) => text.includes("Request 5, “Lost rabbit”, is finished."))).toHaveLength(
      1,
    );
  });

  it("without a pause is answered kindly, and users/resume says nothing", async () => {
    const { world, alice, bob } = await accountWorld();
    const before = bob.sees.length;

    await alice.types("/resume");
    await world.call("users/resume", { userId: 1707 });

    expect(alice.last.text).toBe("Паузы и так нет: всё приходит как обычно. Чем помочь?");
    expect(bob.sees).toHaveLength(before);
  });

  it("greets once: users/resume after a pause is over tells nobody", async () => {
    const { world, alice } = await accountWorld();
    await alice.types("/pause");
    await alice.taps("На час");
    await world.passes(2 * HOUR);

    await world.call("users/resume", { userId: 127 });
    await world.passes(HOUR);

    expect(alice.sees.filter((text) => text.includes("С возвращением"))).toHaveLength(1);
  });

  it("greets once: a change that is told after a pause is over does not bring it back", async () => {
    const { world, alice } = await accountWorld();
    await alice.types("/pause");
    await alice.taps("На час");
    await world.passes(2 * HOUR);

    await world.call("users/update", { userId: 127, role: "user", email: "a@b.ru" });
    await world.passes(HOUR);

    expect(alice.sees.filter((text) => text.includes("С возвращением"))).toHaveLength(1);
  });
});
