import { describe, expect, it } from "vitest";
import { accountWorld, MINUTE } from "./account-world.ts";

const postNew = { postId: 1, authorId: 3, userIds: [127] };
const NEWS = "Мы переезжаем!";

/** Alice has signed in in two chats, and written in the first of them a while later. */
async function twoChats() {
  const { world, alice } = await accountWorld();
  const second = world.person({ phone: "+79180000001" });
  await second.signsIn();
  await world.passes(10 * MINUTE);
  await alice.types("/menu");
  return { world, alice, second };
}

describe("somebody with two chats", () => {
  it("is told the news where they were last active", async () => {
    const { world, alice, second } = await twoChats();

    await world.call("post/new", postNew);

    expect(alice.sees.join()).toContain(NEWS);
    expect(second.sees.join()).not.toContain(NEWS);
  });

  it("is told them in the other chat where they want quiet in that one", async () => {
    const { world, alice, second } = await twoChats();
    await alice.types("/pause");
    await alice.taps("Пока не вернусь");

    await world.call("post/new", postNew);

    expect(alice.sees.join()).not.toContain(NEWS);
    expect(alice.rows("kept")).toBe(0);
    expect(second.sees.join()).toContain(NEWS);
  });
});
