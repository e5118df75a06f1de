import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buttonsOf, type Message, type Person, wordsOf } from "../world/person.ts";
import { startWorld, type World } from "../world/world.ts";

let world: World;
let anna: Person;

beforeAll(async () => {
  world = await startWorld();
  anna = await world.person(1707);
  await anna.signIn();
});
afterAll(() => world?.close());

const PICTURE = () => `${world.site.url}/pictures/1`;

/** What the bot sent after `after`, once `last` has come. */
async function cameAfter(after: number, last: string): Promise<readonly Message[]> {
  await anna.sees(last, { after });
  await anna.settle();
  const came = (await anna.heard()).filter(({ message_id }) => message_id > after);
  return came.slice(0, -1);
}

const lastId = async () => (await anna.heard()).at(-1)?.message_id ?? 0;
const letters = (text: string) => text.replace(/\s+/g, "");

describe("what people wrote", () => {
  const nasty = `<b>жирно?</b> & "кавычки" 'и' &amp; &lt;i&gt; <a href="https://evil.example">ссылка</a> <script>`;

  it("arrives as they wrote it, with HTML as plain letters, in posts", async () => {
    await world.site.post(nasty);

    const message = await anna.sees("жирно?");

    expect(wordsOf(message)).toBe(`📰 Наталья Пушкина пишет на семейном сайте:\n\n${nasty}`);
    expect(message.entities?.map(({ type }) => type).filter((type) => type !== "url")).toEqual(["bold"]);
  });

  it("arrives as they wrote it in comments, and goes back to the site as it was typed", async () => {
    const postId = await world.site.post(`Запись <i>с тегом</i> & длиннее`);
    await anna.sees("пишет на семейном сайте:\n\nЗапись <i>с тегом</i>");
    await world.site.comment(postId, 127, nasty);
    const comment = await anna.sees("комментирует «Запись <i>с тегом</i> & длиннее»");
    expect(wordsOf(comment).endsWith(nasty)).toBe(true);

    const answered = await anna.say(nasty, comment.message_id);

    await anna.sees("ваш ответ опубликован", { after: answered });
    expect((await world.site.comments(postId)).at(-1)?.text).toBe(nasty);
  });

  it("keeps emoji of many parts, other scripts and line breaks", async () => {
    const text = "Ура 🎉👨‍👩‍👧‍👦🏳️‍🌈🇷🇺 é ê  中文 عربى\n\n\tс отступом\nконец ❤️";

    await world.site.post(text);

    expect(wordsOf(await anna.sees("Ура 🎉"))).toBe(`📰 Наталья Пушкина пишет на семейном сайте:\n\n${text}`);
  });

  it("arrives under its picture where it is short", async () => {
    await world.site.post("Короткая подпись", { imageUrl: PICTURE() });

    const message = await anna.sees("Короткая подпись");

    expect(message.photo?.length).toBeGreaterThan(0);
    expect(message.caption).toContain("Короткая подпись");
    expect(buttonsOf(message)).toEqual(["Ответить", "Открыть на сайте"]);
  });

  it("arrives whole and in order after its picture where it has 5,000 characters", async () => {
    const words = Array.from({ length: 700 }, (_, at) => `<слово-${at}>${at % 20 === 0 ? "\n\n" : " "}`);
    const text = `${words.join("").slice(0, 4990)} КОНЕЦ`;
    const after = await lastId();

    await world.site.post(text, { imageUrl: PICTURE() });

    const came = await cameAfter(after, "КОНЕЦ");
    expect(came.map(({ photo }) => photo !== undefined)).toEqual([true, false, false]);
    expect(came.map((message) => wordsOf(message).length <= 4096)).toEqual([true, true, true]);
    const whole = letters(came.map(wordsOf).join(""));
    expect(whole).toBe(letters(`📰 Наталья Пушкина пишет на семейном сайте:${text}`));
    expect(came.map(buttonsOf)).toEqual([[], [], ["Ответить", "Открыть на сайте"]]);
  });

  it("begins under its heading where it is long and has no paragraphs", async () => {
    const text = `${"Долгое письмо без абзацев. ".repeat(180)}КОНЕЦ`;
    const after = await lastId();

    await world.site.post(text);

    const came = (await cameAfter(after, "КОНЕЦ")).map(wordsOf);
    expect(came.length).toBe(2);
    expect(came[0]).toMatch(/^📰 Наталья Пушкина пишет на семейном сайте:\n\nДолгое письмо/);
    expect(letters(came.join(""))).toContain(letters(text));
  });

  it("is cut between letters alone: emoji at the border stay whole", async () => {
    const text = `${"😀".repeat(2500)}КОНЕЦ`;
    const after = await lastId();

    await world.site.post(text);

    const came = await cameAfter(after, "КОНЕЦ");
    expect(came.length).toBe(2);
    for (const message of came) expect(wordsOf(message).isWellFormed()).toBe(true);
    expect(came.map(wordsOf).join("")).toContain(text);
  });

  it("arrives whole where every letter needs escaping", async () => {
    const text = `${'<&>"'.repeat(1200)}КОНЕЦ`;
    const after = await lastId();

    await world.site.post(text);

    const came = await cameAfter(after, "КОНЕЦ");
    expect(letters(came.map(wordsOf).join(""))).toContain(letters(text));
  });
});
