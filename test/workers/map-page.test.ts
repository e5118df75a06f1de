import { describe, expect, it } from "vitest";
import type { DocumentRow, MapDocument } from "../../communications/map/document.ts";
import { mapPage } from "../../workers/console/map-page.ts";

const bot = { botId: "1", username: "beseda_demo_bot" };

const reminded = {
  says: "The customer is reminded",
  alias: "cart/abandoned",
  isInternal: false,
  tag: "cart",
  operationId: "cartAbandoned",
  file: "communications/shop/cart-abandoned.ts",
};

const abandoned: DocumentRow = {
  number: 1,
  event: "A cart is abandoned",
  communication: reminded,
  description: "After an hour",
};

const lost: DocumentRow = {
  number: 2,
  event: "A cart is lost",
  communication: null,
  description: "Nobody knows",
};

const mapWith = (...rows: DocumentRow[]): MapDocument => ({
  name: "shop",
  title: "The shop",
  folder: "communications/shop",
  sections: [{ title: "I. Cart", rows }],
  commands: [{ name: "/cart", when: "My cart" }],
  selfStarted: [{ name: "cart/reminder", when: "It is planned" }],
});

/** The page as text, with one space wherever there are any. */
const shown = async (map: MapDocument) => String(await mapPage([map], bot, [bot])).replace(/\s+/g, " ");

describe("the page of a map", () => {
  it("has a section as a row over the whole width, above its own rows", async () => {
    const text = await shown(mapWith(abandoned));

    expect(text).toContain('<tr class="section"><th colspan="5" scope="rowgroup">I. Cart</th></tr> <tr>');
    expect(text).toContain('<td class="number">1</td>');
    expect(text).toContain(
      '<a href="/api/docs?bot=1#/cart/cartAbandoned"><code>cart/abandoned</code></a> <code class="file">communications/shop/cart-abandoned.ts</code>',
    );
  });

  it("marks an event that no communication answers as a gap, and links it nowhere", async () => {
    const text = await shown(mapWith(abandoned, lost));
    const row = text.slice(text.indexOf('<tr class="gap">'));

    expect(row).toContain("A cart is lost");
    expect(row).toContain("<strong>Gap:</strong> no communication yet");
    expect(row.slice(0, row.indexOf("</tr>"))).not.toContain("<a ");
  });

  it("names what the bot starts itself, and links it nowhere, since it has no operation", async () => {
    const text = await shown(mapWith({ ...abandoned, communication: { ...reminded, isInternal: true } }));

    expect(text).toContain("<code>cart/abandoned</code> none: the bot starts it");
    expect(text).not.toContain("#/cart/cartAbandoned");
  });

  it("lists by name the commands and what starts by itself, and says where they stand in the code", async () => {
    const text = await shown(mapWith());

    expect(text).toContain("<li><code>/cart</code> My cart</li>");
    expect(text).toContain("<li><code>cart/reminder</code> It is planned</li>");
    expect(text).toContain("<code>communications/shop</code>");
  });

  it("shows what stands in a row as it stands there", async () => {
    const text = await shown(mapWith({ ...lost, event: `<img src=x onerror="alert(1)"> & 'co'` }));

    expect(text).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; &#39;co&#39;");
    expect(text).not.toContain("<img");
  });
});
