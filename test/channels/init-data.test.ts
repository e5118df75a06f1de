import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readInitData } from "../../channels/telegram/init-data.ts";

/** The example that the libraries for Mini Apps check themselves by (docs.telegram-mini-apps.com, "Validating"). */
const published = {
  token: "5768337691:AAH5YkoiEuPk8-FZa32hStHTqXiLPtAEhx8",
  at: 1_662_771_648_000,
  userId: "279058397",
  initData:
    "query_id=AAHdF6IQAAAAAN0XohDhrOrc&user=%7B%22id%22%3A279058397%2C%22first_name%22%3A%22Vladislav%22%2C%22last_name%22%3A%22Kibenko%22%2C%22username%22%3A%22vdkfrost%22%2C%22language_code%22%3A%22ru%22%2C%22is_premium%22%3Atrue%7D&auth_date=1662771648&hash=c501b71e775f74ce10e377dea85a7ea24ecd640b223ea86dfe453e0eaed2e2b2",
};

const TOKEN = "100001:DEMO";
const NOW = Date.UTC(2026, 10, 21, 12);
const MINUTE = 60_000;

/** As Telegram signs: sorted by name, and slashes in JSON escaped. */
function signed(fields: Readonly<Record<string, string>>, token = TOKEN): string {
  const lines = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
  const key = createHmac("sha256", "WebAppData").update(token).digest();
  const hash = createHmac("sha256", key).update(lines.sort().join("\n")).digest("hex");
  return new URLSearchParams({ ...fields, hash }).toString();
}

const fields = {
  query_id: "AAE",
  user: '{"id":127,"first_name":"Александр & Ко=","photo_url":"https:\\/\\/t.me\\/i\\/127.svg"}',
  auth_date: String(NOW / 1_000),
  signature: "c2lnbmF0dXJl",
  start_param: "",
  chat_type: "private",
  chat_instance: "-5",
};

const read = (initData: string, now = NOW, token = TOKEN) => readInitData(initData, token, now);

describe("what Telegram gives a page that was opened in it", () => {
  it("is read as the published example is", async () => {
    const { initData, token, at, userId } = published;

    expect(await readInitData(initData, token, at)).toEqual({ externalId: userId });
    expect(await readInitData(initData, TOKEN, at)).toBeNull();
  });

  it("names whoever opened it, whichever fields come with them and in whatever order", async () => {
    const backwards = Object.fromEntries(Object.entries(fields).toReversed());

    expect(await read(signed(fields))).toEqual({ externalId: "127" });
    expect(await read(signed(backwards))).toEqual({ externalId: "127" });
    expect(await read(signed(fields).replaceAll("+", "%20"))).toEqual({ externalId: "127" });
  });

  it("is refused with any one character changed", async () => {
    const { initData, token, at } = published;

    for (let place = 0; place < initData.length; place += 1) {
      const other = initData[place] === "0" ? "1" : "0";
      const changed = initData.slice(0, place) + other + initData.slice(place + 1);
      expect(await readInitData(changed, token, at)).toBeNull();
    }
  });

  it("is refused with a field less, a field more, or one twice", async () => {
    const initData = signed(fields);
    const params = [...new URLSearchParams(initData)];

    for (const [name, value] of params) {
      const one = new URLSearchParams([[name, value]]).toString();
      const without = new URLSearchParams(params.filter(([other]) => other !== name)).toString();
      for (const changed of [without, `${initData}&${one}`, `${one}&${initData}`])
        expect(await read(changed)).toBeNull();
    }
    for (const more of ["a=b", "&user2=1", "user=%7B%22id%22%3A1%7D", "hash=0", "hash="]) {
      expect(await read(`${initData}&${more}`)).toBeNull();
      expect(await read(`${more}&${initData}`)).toBeNull();
    }
  });

  it("is refused with two fields put into one, though the signed text is the same", async () => {
    const params = new URLSearchParams(signed(fields));
    const { query_id, signature } = fields;
    params.delete("signature");
    params.set("query_id", `${query_id}\nsignature=${signature}`);

    expect(await read(params.toString())).toBeNull();
  });

  it("is refused of another bot, of the old token, and under an empty hash", async () => {
    expect(await read(signed(fields, "100002:DEMO"))).toBeNull();
    expect(await read(signed(fields), NOW, "100001:NEW")).toBeNull();
    expect(await read(new URLSearchParams(fields).toString())).toBeNull();
    expect(await read(`${new URLSearchParams(fields)}&hash=`)).toBeNull();
  });

  it("is refused under a hash in another spelling", async () => {
    const initData = signed(fields);
    const hash = new URLSearchParams(initData).get("hash") ?? "";

    expect(await read(initData.replace(hash, hash.toUpperCase()))).toBeNull();
    expect(await read(initData.replace(hash, `${hash} `))).toBeNull();
  });

  it("is good for an hour, and five minutes before its time", async () => {
    const initData = signed(fields);

    const ages = [-5 * MINUTE - 1, -5 * MINUTE, 0, 60 * MINUTE, 60 * MINUTE + 1];
    const taken = await Promise.all(ages.map((age) => read(initData, NOW + age)));

    expect(taken.map((user) => user !== null)).toEqual([false, true, true, true, false]);
  });

  it.each([
    ["no time", {}],
    ["an empty time", { auth_date: "" }],
    ["a time that is none", { auth_date: "yesterday" }],
    ["a time beyond all", { auth_date: "Infinity" }],
    ["a time in milliseconds", { auth_date: String(NOW) }],
  ])("is refused, though it is signed, with %s", async (_what, time) => {
    const { auth_date: _, ...timeless } = fields;

    expect(await read(signed({ ...timeless, ...time }))).toBeNull();
  });

  it.each(["", "127", "null", "{}", '{"id":"127"}', '{"id":1.5}', '{"id":null}', "[127]", '{"id":127'])(
    "is refused, though it is signed, with the user %j",
    async (user) => {
      expect(await read(signed({ ...fields, user }))).toBeNull();
    },
  );

  it("is refused whatever it is, where nobody has signed it", async () => {
    const texts = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.webQueryParameters(),
      fc
        .array(fc.tuple(fc.constantFrom(...Object.keys(fields), "hash"), fc.string()))
        .map((pairs) => new URLSearchParams(pairs).toString()),
    );

    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        expect(await read(text)).toBeNull();
      }),
    );
  });
});
