import type { ExportedHandler } from "@cloudflare/workers-types";

/** A Worker that does nothing: what of a start is the runtime's own. */
export default { fetch: () => Response.json({ ok: true }) } satisfies ExportedHandler;
