import { Hono } from "hono";
import { z } from "zod";
import { ActError } from "../acts/error.ts";
import type { StoredFile } from "../store/files.ts";
import type { Limits } from "../traffic/send-limiter.ts";
import { seconds, type World } from "../world.ts";
import { bodyOf, InputError, Phone } from "./body.ts";
import { chatRoutes } from "./chat-routes.ts";
import { peopleRoutes } from "./people-routes.ts";
import { troubleRoutes } from "./trouble-routes.ts";

const SmsBody = z.strictObject({ phone: Phone, text: z.string().min(1).max(2000) });

/** The control side: everything under `/emulator`. `initial` are the limits that forgetting goes back to. */
export function control(world: World, initial: Limits): Hono {
  const app = new Hono();
  app.route("/", peopleRoutes(world));
  app.route("/", chatRoutes(world));
  app.route("/", troubleRoutes(world, initial));

  app.get("/bots", (c) => {
    const bots = world.store.bots.all().map(({ id, username, first_name, webhook }) => {
      return {
        id,
        username,
        first_name,
        webhook: webhook?.url ?? null,
        pending: world.store.updates.count(id),
      };
    });
    return c.json({ bots });
  });

  app.post("/sms", async (c) => {
    const { phone, text } = await bodyOf(c, SmsBody);
    const sms = world.store.sms.add(phone, text, seconds(world));
    const people = world.store.people.withPhone(phone);
    for (const { id } of people) world.phones.publish(id, { type: "sms", sms });
    return c.json({ sms, delivered: people.length > 0 });
  });

  app.get("/files/:id", (c) => {
    const file = world.store.files.find(c.req.param("id"));
    if (!file) return c.json({ error: "there is no such file" }, 404);
    return new Response(new Uint8Array(file.bytes), {
      headers: {
        "Content-Type": file.type,
        "Content-Disposition": disposition(file),
        "X-Content-Type-Options": "nosniff",
      },
    });
  });

  app.onError((error, c) => {
    if (error instanceof InputError) return c.json({ error: error.message, issues: error.issues }, 400);
    if (error instanceof ActError) return c.json({ error: error.message }, error.status);
    throw error;
  });
  return app;
}

/** A file may be a page with scripts: what is neither seen nor heard is saved, and never opened as a page of ours. */
function disposition({ kind, type, name }: StoredFile): string {
  const opens = kind === "photo" || (kind === "voice" && type.startsWith("audio/"));
  return `${opens ? "inline" : "attachment"}; filename*=UTF-8''${encodeURIComponent(name.toWellFormed())}`;
}
