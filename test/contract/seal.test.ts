import { describe, expect, it } from "vitest";
import { sameSecret } from "../../contract/digest.ts";
import { BrokenData } from "../../contract/errors.ts";
import { randomBase62 } from "../../contract/random.ts";
import { seal, unseal } from "../../contract/seal.ts";

const key = btoa("k".repeat(32));

describe("sealing", () => {
  it("gives back what was sealed, and never looks the same twice", async () => {
    const [one, other] = [await seal("100001:DEMO", key), await seal("100001:DEMO", key)];

    expect(await unseal(one, key)).toBe("100001:DEMO");
    expect(one).not.toBe(other);
    expect(one).not.toContain("DEMO");
  });

  it("opens nothing with another key, and nothing that was changed", async () => {
    const sealed = await seal("secret", key);
    const changed = sealed.slice(0, -4) + (sealed.endsWith("AAA=") ? "BBB=" : "AAA=");

    await expect(unseal(sealed, btoa("x".repeat(32)))).rejects.toThrow(BrokenData);
    await expect(unseal(changed, key)).rejects.toThrow(BrokenData);
    await expect(unseal("nonsense", key)).rejects.toThrow(BrokenData);
  });
});

describe("secrets", () => {
  it("are the same only where every letter is", async () => {
    expect(await sameSecret("abc", "abc")).toBe(true);
    expect(await sameSecret("abc", "abd")).toBe(false);
    expect(await sameSecret("", "a")).toBe(false);
  });

  it("made by chance have the length asked for, and letters and digits alone", () => {
    expect(randomBase62(16)).toMatch(/^[0-9A-Za-z]{16}$/);
    expect(new Set(Array.from({ length: 1000 }, () => randomBase62(16))).size).toBe(1000);
  });
});
