import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pinFrom, tokenFrom } from "../../contract/derived.ts";

const KEY = "a key of the house";

const names = (count: number) => Array.from({ length: count }, (_, at) => `name ${at}`);

describe("what is derived from a name", () => {
  it("is the same for the same name under the same key, and is no other's", async () => {
    const made = async (key: string, name: string) => [await pinFrom(key, name), await tokenFrom(key, name)];

    const one = await made(KEY, "name");

    expect(await made(KEY, "name")).toEqual(one);
    for (const other of [await made("another key", "name"), await made(KEY, "another name")]) {
      expect(other[0]).not.toBe(one[0]);
      expect(other[1]).not.toBe(one[1]);
    }
  });

  it("has the shape of a PIN, and of a token, whatever the name is", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme" }), async (name) => {
        expect(await pinFrom(KEY, name)).toMatch(/^\d{6}$/);
        expect(await tokenFrom(KEY, name)).toMatch(/^[0-9A-Za-z]{32}$/);
      }),
    );
  });

  it("is an HMAC-SHA-512, of which a PIN shows 48 bits by their remainder", async () => {
    const mac = createHmac("sha512", KEY).update("pin\nname").digest();
    const number = mac.readUIntBE(0, 6) % 1_000_000;

    expect(await pinFrom(KEY, "name")).toBe(String(number).padStart(6, "0"));
  });

  it("shows of a token the fair bytes, and has nothing in common with the PIN of the same name", async () => {
    const mac = createHmac("sha512", KEY).update("token\nname").digest();
    const fair = [...mac].filter((byte) => byte < 248).slice(0, 32);
    const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    expect(await tokenFrom(KEY, "name")).toBe(fair.map((byte) => letters[byte % 62]).join(""));
  });

  it("gives PINs of every digit at every place, also with zeros in front", async () => {
    const pins = await Promise.all(names(2_000).map((name) => pinFrom(KEY, name)));

    for (let place = 0; place < 6; place += 1) {
      const counts = Array.from(
        { length: 10 },
        (_, digit) => pins.filter((pin) => pin[place] === String(digit)).length,
      );
      // 200 are expected of each: 90 more or less would come once in 10^10.
      for (const count of counts) expect(Math.abs(count - 200)).toBeLessThan(90);
    }
    expect(new Set(pins).size).toBeGreaterThan(1_985);
  });

  it("gives no token twice", async () => {
    const tokens = await Promise.all(names(2_000).map((name) => tokenFrom(KEY, name)));

    expect(new Set(tokens).size).toBe(2_000);
  });
});
