import { describe, expect, it } from "vitest";
import { accountWorld, HOUR, labels, userOf } from "./account-world.ts";

const postNew = { postId: 1, authorId: 3, userIds: [127] };

/** Alice is in a pause of an hour, and a post was kept for her. */
async function pausedWithPost() {
  const known = await accountWorld();
  await known.alice.types("/pause");
  await known.alice.taps("На час");
  await known.world.call("post/new", postNew);
  return known;
}

describe("a pause that is over", () => {
  it("greets who has signed out meanwhile, and offers nothing that was not for them", async () => {
    const { world, alice } = await pausedWithPost();
    await alice.types("/logout");
    const before = alice.sees.length;

    await world.passes(HOUR);

    expect(alice.sees.slice(before)).toEqual(["С возвращением, Алиса! Я снова на связи. Чем помочь?"]);
    expect(labels(alice.last)).toEqual(["Войти", "Открыть сайт", "Помощь"]);
  });

  it("offers nothing of it to whoever is signed in there by now", async () => {
    const { world, alice } = await pausedWithPost();
    world.system.users.push({ ...userOf("user"), userId: "5", firstName: "Вера", phone: "+79180000005" });
    await alice.types("/logout");
    await alice.types("/start");
    await alice.does({ kind: "contact", phone: "+79180000005", own: true });

    await alice.types("/resume");

    expect(alice.last.text).not.toContain("накопилось");
  });

  it("is no welcome to who was blocked meanwhile: they are told that", async () => {
    const { world, alice } = await pausedWithPost();
    await world.call("users/block", { userId: 127, reason: "Шум" });
    const before = alice.sees.length;

    await world.passes(HOUR);

    expect(alice.sees.slice(before)).toEqual([expect.stringContaining("Причина: Шум")]);
    expect(labels(alice.last)).toEqual(["Войти", "Открыть сайт", "Помощь"]);
  });
});
