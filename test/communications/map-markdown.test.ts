import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { MapDocument } from "../../communications/map/document.ts";
import { mapMarkdown } from "../../communications/map/markdown.ts";
import { root } from "../../scripts/local/places.ts";
import { demoMap, demoMapFile } from "../../scripts/map/demo-map.ts";

const cart: MapDocument = {
  name: "shop",
  title: "The cart",
  folder: "communications/shop",
  sections: [
    {
      title: "I. Cart",
      rows: [
        {
          number: 1,
          event: "A cart is abandoned",
          communication: {
            says: "The customer is reminded",
            alias: "cart/abandoned",
            isInternal: false,
            tag: "cart",
            operationId: "cartAbandoned",
            file: "communications/shop/cart-abandoned.ts",
          },
          description: "After an hour",
        },
        { number: 2, event: "A cart is lost", communication: null, description: "Nobody knows of it" },
      ],
    },
  ],
  commands: [{ name: "/cart", when: "My cart" }],
  selfStarted: [],
};

const place = { title: "Maps", docs: "https://bot.test/api/docs?bot=1", code: null };

const withEvent = (event: string): MapDocument => ({
  ...cart,
  sections: [{ title: "I", rows: [{ number: 1, event, communication: null, description: "" }] }],
});

/** What Biome makes of a text of Markdown. */
function formatted(text: string): string {
  const biome = join(root, "node_modules", ".bin", "biome");
  const { status, stdout, stderr } = spawnSync(biome, ["format", "--stdin-file-path=docs/map.md"], {
    cwd: root,
    input: text,
    encoding: "utf8",
  });
  expect([status, stderr]).toEqual([0, ""]);
  return stdout;
}

describe("a map as Markdown", () => {
  it("has the columns of the working document, and links each row to its operation", () => {
    const lines = mapMarkdown([cart], place).split("\n");
    const cells = (line: string | undefined) => line?.split("|").map((cell) => cell.trim());

    expect(lines).toContain("### I. Cart");
    const head = lines.findIndex((line) => line.includes("№"));
    expect(cells(lines[head])).toEqual([
      "",
      "№",
      "Stage / event",
      "Communication",
      "Detailed description",
      "Endpoint",
      "File",
      "",
    ]);
    expect(cells(lines[head + 2])).toEqual([
      "",
      "1",
      "A cart is abandoned",
      "The customer is reminded",
      "After an hour",
      "[`cart/abandoned`](https://bot.test/api/docs?bot=1#/cart/cartAbandoned)",
      "`communications/shop/cart-abandoned.ts`",
      "",
    ]);
    expect(cells(lines[head + 3])?.slice(1, 5)).toEqual([
      "2",
      "A cart is lost",
      "**Gap:** no communication yet",
      "Nobody knows of it",
    ]);
  });

  it("names what the house alone starts, and links it to no operation", () => {
    const [section] = cart.sections;
    const [row] = section?.rows ?? [];
    if (!section || !row?.communication) throw new Error("The map has no such row");
    const internal = { ...row, communication: { ...row.communication, isInternal: true } };

    const markdown = mapMarkdown([{ ...cart, sections: [{ ...section, rows: [internal] }] }], place);

    expect(markdown).toContain("| `cart/abandoned`: none, the bot starts it |");
    expect(markdown).not.toContain("#/");
  });

  it("leads to the files where the code is at hand", () => {
    const markdown = mapMarkdown([cart], { ...place, code: "../" });

    expect(markdown).toContain("[`communications/shop`](../communications/shop)");
    expect(markdown).toContain(
      "[`communications/shop/cart-abandoned.ts`](../communications/shop/cart-abandoned.ts)",
    );
  });

  it("shows what stands in a row as it stands there, whatever it looks like", () => {
    const markdown = mapMarkdown([withEvent("a|b <i>*c*</i>\n_d_ [e](f) `g` \\ &amp; ~h~")], place);

    expect(markdown).toContain(
      "a\\|b \\<i\\>\\*c\\*\\</i\\> \\_d\\_ \\[e\\](f) \\`g\\` \\\\ \\&amp; \\~h\\~",
    );
  });

  it("is laid out as Biome wants it, whatever stands in a row", () => {
    const odd = ["a|b <i>*c*</i> _d_ [e](f) `g` \\ &amp; ~h~", "«Корзина» — № 1 …", "👍 или 😞", "1. # - +"];
    const markdown = mapMarkdown([cart, ...odd.map(withEvent)], place);

    expect(formatted(markdown)).toBe(markdown);
  });
});

describe("docs/communication-map.md", () => {
  it("shows the maps as they are in the code: else run npm run map", () => {
    expect(readFileSync(demoMapFile, "utf8")).toBe(demoMap());
  });
});
