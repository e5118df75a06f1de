import { describe, expect, it } from "vitest";
import { Id, Ids, idForWire, NO_ID } from "../../contract/id.ts";

describe("an id of the main system", () => {
  it("is the same as a number and as text", () => {
    expect(Ids.parse([1707, "1707", " 1707 ", "x"])).toEqual(["1707", "x"]);
  });

  it("in a list of nothing but mistakes costs little, and some are told", () => {
    const read = Ids.safeParse(Array.from({ length: 100_000 }, () => ({ a: 1 })));

    expect(read.error?.issues).toHaveLength(20);
    expect(read.error?.issues[3]?.path).toEqual([3]);
    expect(Ids.safeParse(Array.from({ length: 100_001 }, () => 1)).success).toBe(false);
  });

  it.each([1.5, "", "  ", ".", " .. ", null, true, {}, [], "x".repeat(129), Number.MAX_SAFE_INTEGER + 2])(
    "is not %j",
    (value) => {
      expect(Id.safeParse(value).success).toBe(false);
    },
  );

  it("is refused in the same words alone and in a list", () => {
    for (const wrong of ["", ".", 1.5]) {
      const [alone] = Id.safeParse(wrong).error?.issues ?? [];
      const [listed] = Ids.safeParse([wrong]).error?.issues ?? [];
      expect(alone).toMatchObject({ code: "custom", params: { words: NO_ID } });
      expect(listed).toMatchObject({ code: "custom", params: { words: NO_ID }, path: [0] });
    }
  });

  it.each([
    ["1707", 1707],
    ["-5", -5],
    ["0", 0],
    ["007", "007"],
    ["-0", "-0"],
    ["9007199254740993", "9007199254740993"],
    ["abc", "abc"],
  ])("%j is answered as %j", (id, wire) => {
    expect(idForWire(id)).toBe(wire);
  });
});
