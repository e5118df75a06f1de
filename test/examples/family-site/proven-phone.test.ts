import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { STEPS } from "../../../examples/family-site/data/tables.ts";
import { eveAt } from "./eve.ts";
import { visitor } from "./visitor.ts";
import { startWorld, type World } from "./world.ts";

const TYPED = "79051112233";
const ANNA = 1707;
const ANNAS = "79161234567";
const NOBODY = { status: 404, body: { error: "user-not-found" } };

const byPhone = ({ api }: World, phone: string) => api(`/user?phone=${phone}`);

/** A site where Eve has registered after a PIN and typed this phone. */
async function eveRegistered(phone = TYPED) {
  const { world, eve, enter } = await eveAt();
  await enter();
  await eve.send("/link/register", { name: "Ева", phone, email: "eva@example.org" });
  const { userId } = (await world.api("/user?email=eva@example.org")).body;
  return { world, eve, userId };
}

describe("GET /user by phone", () => {
  it("finds nobody by a number that was typed into the registration form, though it says it of the user", async () => {
    const { world, userId } = await eveRegistered();

    const found = await byPhone(world, TYPED);

    expect(found).toMatchObject(NOBODY);
    expect(await world.api(`/user?userId=${userId}&phone=${TYPED}`)).toMatchObject(NOBODY);
    expect((await world.api(`/user?userId=${userId}`)).body).toMatchObject({ phone: TYPED });
  });

  it("finds nobody by a number that was typed into one's profile, nor by the one from before", async () => {
    const world = await startWorld();

    await visitor(world, ANNA).sendFrom("/profile", "/profile", { phone: TYPED });

    expect(await byPhone(world, TYPED)).toMatchObject(NOBODY);
    expect(await byPhone(world, ANNAS)).toMatchObject(NOBODY);
  });

  it("finds nobody who has typed their old number again", async () => {
    const world = await startWorld();
    const anna = visitor(world, ANNA);

    await anna.sendFrom("/profile", "/profile", { phone: TYPED });
    await anna.sendFrom("/profile", "/profile", { phone: ANNAS });

    expect(await byPhone(world, ANNAS)).toMatchObject(NOBODY);
  });

  it("finds them still where something else was edited", async () => {
    const world = await startWorld();

    await visitor(world, ANNA).sendFrom("/profile", "/profile", { city: "Псков" });
    await visitor(world, 9).sendFrom("/orders/502", "/orders/502/delivery", { city: "Тверь" });

    expect((await byPhone(world, ANNAS)).body).toMatchObject({ userId: ANNA });
  });

  it("finds whom the bot has registered with the contact's number", async () => {
    const world = await startWorld();

    const made = await world.api("/user", { firstname: "Николай", phone: TYPED });

    expect((await byPhone(world, TYPED)).body).toMatchObject({ userId: made.body.userId });
  });

  it("finds whom an administrator has given a number, and not whose number they only left as it was", async () => {
    const { world, userId } = await eveRegistered();
    const employee = visitor(world, 9);
    const page = `/admin/users/${userId}`;

    await employee.sendFrom(page, page, { city: "Псков" });
    const left = await byPhone(world, TYPED);
    await employee.sendFrom(page, page, { phone: "79051112244" });

    expect(left).toMatchObject(NOBODY);
    expect((await byPhone(world, "79051112244")).body).toMatchObject({ userId });
  });
});

describe("a number that somebody else has only typed", () => {
  it("is taken as before, and the bot does not learn whom it could sign in to", async () => {
    const { world, userId } = await eveRegistered();

    const made = await world.api("/user", { firstname: "Настоящий", phone: TYPED });

    expect(made).toMatchObject({ status: 409, body: { error: "user-exists", by: "phone" } });
    expect(made.body).not.toHaveProperty("userId");
    expect((await world.api(`/user?userId=${userId}`)).body).toMatchObject({ name: "Ева", phone: TYPED });
    expect(await byPhone(world, TYPED)).toMatchObject(NOBODY);
  });

  it("cannot be had by another one on the site", async () => {
    const { world } = await eveRegistered();

    const sent = await visitor(world, ANNA).sendFrom("/profile", "/profile", { phone: TYPED });

    expect(sent.status).toBe(422);
    expect((await byPhone(world, ANNAS)).body).toMatchObject({ userId: ANNA });
  });
});

describe("a database of before phones were proven", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "family-site-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("knows the people of the demonstration by their numbers, and nobody by what may have been typed", async () => {
    const file = join(folder, "site.sqlite");
    const old = new DatabaseSync(file);
    old.exec(`${STEPS.slice(0, 4).join("")} PRAGMA user_version = 4;`);
    old.exec(`INSERT INTO users (id, name, role, phone) VALUES
      (127, 'Александр', 'user', '79187777777'), (1707, 'Анна', 'user', '79169999999'), (1708, 'Ева', 'user', '${TYPED}');
      INSERT INTO goods (id, name, price) VALUES (1, 'Чай', 420)`);
    old.close();

    const world = await startWorld({ file });

    expect((await byPhone(world, "79187777777")).body).toMatchObject({ userId: 127 });
    expect(await byPhone(world, "79169999999")).toMatchObject(NOBODY);
    expect(await byPhone(world, TYPED)).toMatchObject(NOBODY);
  });
});
