import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { Id } from "../../contract/id.ts";
import { told, withRecipients } from "../../dialogs/recipients.ts";

const Params = withRecipients({ postId: Id });
const problemsOf = (given: unknown) =>
  Params.safeParse(given).error?.issues.map(({ code, path }) => [path.join("."), code]) ?? [];

describe("parameters with recipients", () => {
  it("take users or a rule", () => {
    expect(told(Params.parse({ postId: 1, userIds: [5, "5", 6] }))).toEqual({ userIds: ["5", "6"] });
    expect(told(Params.parse({ postId: 1, audience: { role: "user" } }))).toEqual({
      rule: { and: [{ role: "user" }, { linked: true }] },
    });
  });

  it("take persons or leads, for systems that keep those ids", () => {
    expect(told(Params.parse({ postId: 1, personIds: [7, 7, 8] }), { except: ["5"] })).toEqual({
      personIds: [7, 8],
      except: ["5"],
    });
    expect(told(Params.parse({ postId: 1, leadIds: [9] }))).toEqual({ leadIds: [9], except: [] });
    for (const wrong of [[], [0], [-1], [1.5], ["7"], [null]])
      expect(problemsOf({ postId: 1, personIds: wrong })).not.toEqual([]);
  });

  it("take exactly one of them, and say so beside whatever else is wrong", () => {
    expect(problemsOf({ postId: 1 })).toEqual([["userIds", "custom"]]);
    const two = [{ audience: { tag: "news" } }, { personIds: [7] }, { leadIds: [9] }];
    for (const other of two)
      expect(problemsOf({ postId: 1, userIds: [5], ...other })).toEqual([["userIds", "custom"]]);
    expect(problemsOf({ postId: 1, personIds: [7], leadIds: [9] })).toEqual([["userIds", "custom"]]);
    expect(problemsOf({})).toEqual([
      ["postId", "invalid_union"],
      ["userIds", "custom"],
    ]);
  });

  it("say nothing of that where the list or the rule is wrong itself", () => {
    expect(problemsOf({ postId: 1, userIds: [{}] })).toEqual([["userIds.0", "custom"]]);
    expect(problemsOf({ postId: 1, audience: { role: 5 } })).toEqual([["audience.role", "invalid_type"]]);
  });

  it("take no rule that is empty, in parts or whole, unknown, too deep or too long", () => {
    const deep = (levels: number): object => (levels === 0 ? { tag: "x" } : { not: deep(levels - 1) });
    const wrong = [
      {},
      { and: [] },
      { and: [{}] },
      { tags: ["news"] },
      { tag: "" },
      { language: "fr" },
      { activeAfter: "yesterday" },
      deep(6),
      { or: Array(41).fill({ tag: "x" }) },
      { and: [{ or: Array(40).fill({ tag: "x" }) }, { tag: "y" }] },
    ];

    for (const audience of wrong) expect(problemsOf({ postId: 1, audience })).not.toEqual([]);
    expect(problemsOf({ postId: 1, audience: deep(5) })).toEqual([]);
    expect(problemsOf({ postId: 1, audience: { or: Array(40).fill({ tag: "x" }) } })).toEqual([]);
  });

  it("are read in bounded work where a rule is nothing but mistakes", () => {
    const audience = { and: Array(1_000_000).fill({ x: [] }) };

    expect(problemsOf({ postId: 1, audience })).toHaveLength(1);
  });

  it("reach people who have not signed in only where the communication says so", () => {
    const given = { audience: { language: "ru" } } as const;

    expect(told(given)).toEqual({ rule: { and: [{ language: "ru" }, { linked: true }] } });
    expect(told(given, { except: ["2"] })).toEqual({
      rule: { and: [{ and: [{ language: "ru" }, { not: { userId: "2" } }] }, { linked: true }] },
    });
    expect(told(given, { strangers: true })).toEqual({ rule: { language: "ru" } });
  });

  it("leave out whom the communication leaves out", () => {
    expect(told({ userIds: ["1", "2"] }, { except: ["2"] })).toEqual({ userIds: ["1"] });
    expect(told({ audience: { tag: "news" } }, { except: ["2"], strangers: true })).toEqual({
      rule: { and: [{ tag: "news" }, { not: { userId: "2" } }] },
    });
  });
});

describe("the type of parameters with recipients", () => {
  it("is that of their shape and both ways", () => {
    const given: z.output<typeof Params> = { postId: "1", userIds: ["5"] };

    expect(given.postId).toBe("1");
  });
});
