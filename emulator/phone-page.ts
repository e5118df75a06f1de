import { readFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { Hono } from "hono";

const FOLDER = join(import.meta.dirname, "phone");

/** The phone in the browser: one page, its style sheets, and modules whose types are stripped as they are served. */
export function phonePage(): Hono {
  const app = new Hono();
  app.get("/", async (c) => c.html(await page("index.html")));
  // Stands for https://t.me/<bot>?start=…: on this machine the phone is here.
  app.get("/t.me/:bot", (c) => {
    const query = new URLSearchParams({ bot: c.req.param("bot"), start: c.req.query("start") ?? "" });
    return c.redirect(`/?${query}`);
  });
  app.get("/phone/:sheet{[a-z-]+\\.css}", async (c) => {
    const sheet = await page(c.req.param("sheet")).catch(() => null);
    if (sheet === null) return c.notFound();
    return c.body(sheet, 200, { "Content-Type": "text/css; charset=utf-8", "Cache-Control": "no-cache" });
  });
  app.get("/phone/:module{[a-z-]+\\.ts}", async (c) => {
    const source = await page(c.req.param("module")).catch(() => null);
    if (source === null) return c.notFound();
    const script = stripTypeScriptTypes(source);
    return c.body(script, 200, {
      "Content-Type": "text/javascript; charset=utf-8",
      "Cache-Control": "no-cache",
    });
  });
  return app;
}

function page(name: string): Promise<string> {
  return readFile(join(FOLDER, name), "utf8");
}
