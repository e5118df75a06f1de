import { readdirSync, readFileSync } from "node:fs";
import type { Hono } from "hono";
import { etag } from "hono/etag";

/** The stylesheet's chapters, in the order of their names. */
const STYLES = new URL("./styles/", import.meta.url);

/** Serves the one stylesheet, the one script and the icon; read once, at the start. */
export function assetRoutes(pages: Hono): void {
  pages.use("/assets/*", etag());
  const serve = (path: string, type: string, text: string) =>
    pages.get(path, (c) => {
      c.header("Cache-Control", "no-cache");
      return c.body(text, 200, { "Content-Type": `${type}; charset=utf-8` });
    });
  serve("/assets/site.css", "text/css", stylesheet());
  serve("/assets/site.js", "text/javascript", read(new URL("./assets/site.js", import.meta.url)));
  serve("/assets/icon.svg", "image/svg+xml", read(new URL("./assets/icon.svg", import.meta.url)));
}

function stylesheet(): string {
  const chapters = readdirSync(STYLES).filter((name) => name.endsWith(".css"));
  return chapters
    .sort()
    .map((name) => read(new URL(name, STYLES)))
    .join("\n");
}

function read(file: URL): string {
  return readFileSync(file, "utf8");
}
