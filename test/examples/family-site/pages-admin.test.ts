import { describe, expect, it } from "vitest";
import { askedOf, visitor } from "./visitor.ts";
import { startWorld, type World } from "./world.ts";

const ALEXANDER = "/admin/users/127";

/** Everything that an administrator did and the bot was told, and nothing more. */
const told = (world: World) => expect.poll(() => askedOf(world));

describe("an administrator", () => {
  it("edits anybody, and the bot learns who did it (requirement 24)", async () => {
    const world = await startWorld();

    await visitor(world, 9).sendFrom(ALEXANDER, ALEXANDER, { role: "manager", email: "" });

    const who = { eventId: "admin/profile", changedBy: "administrator" };
    await told(world).toEqual([
      ["users/update", expect.objectContaining({ userId: 127, role: "manager", email: "", ...who })],
    ]);
    expect((await world.api("/user?userId=127")).body).toMatchObject({ role: "manager", email: null });
  });

  it("blocks with a reason and unblocks, each told once however often it is clicked (requirements 25 and 26)", async () => {
    const world = await startWorld();
    const admin = visitor(world, 9);
    const isActive = async () => (await world.api("/user?userId=127")).body;

    for (const _ of [1, 2]) await admin.send(`${ALEXANDER}/block`, { reason: "Потерян телефон" });
    expect(await isActive()).toMatchObject({ isActive: false });
    expect(await admin.read(ALEXANDER)).toContain("Потерян телефон");
    for (const _ of [1, 2]) await admin.send(`${ALEXANDER}/unblock`);

    expect(await isActive()).toMatchObject({ isActive: true });
    await told(world).toEqual([
      ["users/block", { userId: 127, reason: "Потерян телефон" }],
      ["users/unblock", { userId: 127 }],
    ]);
    expect((await admin.send(`${ALEXANDER}/block`, { reason: " " })).status).toBe(422);
  });

  it("pauses the bot for somebody, until a time of Moscow or for good, and resumes it (requirements 22 and 23)", async () => {
    const world = await startWorld();
    const admin = visitor(world, 9);
    const pause = (until: string) => admin.sendFrom(ALEXANDER, `${ALEXANDER}/pause`, { until });

    await pause("2026-05-03T18:30");
    await admin.sendFrom(ALEXANDER, `${ALEXANDER}/resume`);
    await pause("");

    await told(world).toEqual([
      ["users/pause", { userId: 127, until: "2026-05-03T15:30:00.000Z" }],
      ["users/resume", { userId: 127 }],
      ["users/pause", { userId: 127, until: null }],
    ]);
  });

  it("pauses once for two clicks, and not until a time that has passed or is none", async () => {
    const world = await startWorld();
    const admin = visitor(world, 9);
    const key = /name="formKey" value="([^"]+)"/.exec(await admin.read(ALEXANDER))?.[1] ?? "";

    for (const _ of [1, 2]) await admin.send(`${ALEXANDER}/pause`, { until: "", formKey: key });
    const past = await admin.sendFrom(ALEXANDER, `${ALEXANDER}/pause`, { until: "2026-05-03T11:59" });
    const nonsense = await admin.sendFrom(ALEXANDER, `${ALEXANDER}/pause`, { until: "soon" });

    expect([past.status, nonsense.status]).toEqual([422, 422]);
    await told(world).toHaveLength(1);
    expect(await admin.told(ALEXANDER)).toHaveLength(1);
  });

  it("deletes: GET /user no longer finds them, what they wrote stays (requirement 27)", async () => {
    const world = await startWorld();
    const admin = visitor(world, 9);

    const sent = await admin.send(`${ALEXANDER}/delete`);

    expect(sent.headers.get("location")).toBe(ALEXANDER);
    await told(world).toEqual([["users/delete", { userId: 127 }]]);
    for (const query of ["userId=127", "phone=79187777777", "email=address%40domain.ru"]) {
      expect((await world.api(`/user?${query}`)).status).toBe(404);
    }
    expect((await world.api("/post/3")).body).toMatchObject({ authorName: "Александр Пушкин" });
    expect((await world.api("/orders/504")).status).toBe(200);
    expect(await world.api("/cart/127")).toMatchObject({ status: 404, body: { error: "cart-not-found" } });
    expect((await world.api("/user/127/tasks")).status).toBe(404);
    expect((await world.api("/post", { authorId: 127, text: "Я здесь" })).status).toBe(404);
    await expect.poll(() => admin.told(ALEXANDER)).toEqual(["users/delete sent: Бот пишет в Telegram"]);
    expect((await admin.send(`${ALEXANDER}/unblock`)).status).toBe(404);
  });

  it("frees the phone of the deleted, and tells them of nothing more", async () => {
    const world = await startWorld();
    await visitor(world, 9).send(`${ALEXANDER}/delete`);

    const other = await world.api("/user", { firstname: "Иван", phone: "79187777777" });
    await world.api("/post", { authorId: 3, text: "Новость" });

    expect(other).toMatchObject({ status: 200, body: { userId: 1708 } });
    await told(world).toHaveLength(2);
    expect(world.bot.calls[1]?.params.userIds).toEqual([1, 2, 4, 5, 6, 7, 8, 9, 1707, 1708]);
  });

  it.each([
    ["block", { reason: "Так" }, 409],
    ["delete", {}, 409],
  ])("cannot %s the only employee", async (act, fields: Record<string, string>, status) => {
    const world = await startWorld();

    const sent = await visitor(world, 9).send(`/admin/users/9/${act}`, fields);

    expect(sent.status).toBe(status);
    expect((await world.api("/user?userId=9")).body).toMatchObject({ isActive: true });
    expect(world.bot.calls).toEqual([]);
  });

  it("cannot make the only employee none", async () => {
    const world = await startWorld();

    const sent = await visitor(world, 9).sendFrom("/admin/users/9", "/admin/users/9", { role: "user" });

    expect(sent.status).toBe(422);
    expect(await sent.text()).toContain("Это единственный сотрудник");
    expect((await world.api("/user?userId=9")).body).toMatchObject({ role: "manager" });
  });

  it("is an employee: others see who is, and change nothing", async () => {
    const world = await startWorld();
    const natalia = visitor(world, 3);

    const page = await natalia.read(ALEXANDER);
    const sent = await natalia.send(`${ALEXANDER}/block`, { reason: "Так" });

    expect(page).toContain("Продолжить как Пётр Плетнёв");
    expect(page).not.toContain("79187777777");
    expect(sent.status).toBe(403);
    expect((await natalia.send(`${ALEXANDER}/delete`)).status).toBe(403);
    expect((await world.api("/user?userId=127")).body).toMatchObject({ isActive: true });
    expect(await natalia.read("/admin")).toContain("Продолжить как Пётр Плетнёв");
  });

  it("sees everybody, the blocked and the deleted too", async () => {
    const world = await startWorld();
    const admin = visitor(world, 9);
    await admin.send(`${ALEXANDER}/delete`);

    const page = await admin.read("/admin");

    expect(page.split('data-testid="admin-user"')).toHaveLength(13);
    expect(page).toMatch(/data-user="10"[\s\S]*доступ закрыт[\s\S]*data-user="127"[\s\S]*удалён/);
    expect((await admin.get("/admin/users/999")).status).toBe(404);
  });
});
