import type { IncomingMessage } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { Hono } from "hono";
import type { Fault } from "../traffic/faults.ts";
import type { World } from "../world.ts";
import { type Answer, faulty, refused, replied } from "./answer.ts";
import type { Call } from "./call.ts";
import { BotApiError } from "./error.ts";
import { findMethod } from "./methods.ts";
import { type Read, readCall } from "./read-call.ts";

/** What the Node server gives beside the request: the socket, to cut it. */
export type NodeBindings = { readonly incoming: IncomingMessage };

/** The Bot API: `/bot<token>/<method>` and `/file/bot<token>/<path>`. */
export function botApi(world: World): Hono<{ Bindings: NodeBindings }> {
  const app = new Hono<{ Bindings: NodeBindings }>();

  app.on(["GET", "POST"], "/:bot{bot[^/]+}/:method", async (c) => {
    const answer = await answerCall(world, c.req.param("bot").slice(3), c.req.param("method"), c.req.raw);
    world.stats.answered(answer === "dropped" ? "dropped" : answer.status);
    if (answer !== "dropped") return new Response(answer.body, { status: answer.status, headers: JSON_TYPE });
    c.env.incoming.socket.destroy();
    return new Response(null);
  });

  app.get("/file/:bot{bot[^/]+}/:folder/:name", (c) => {
    const file = world.store.files.at(`${c.req.param("folder")}/${c.req.param("name")}`);
    if (!world.store.bots.byToken(c.req.param("bot").slice(3)) || !file) return c.json(NOT_FOUND, 404);
    return new Response(new Uint8Array(file.bytes), { headers: { "Content-Type": file.type } });
  });
  return app;
}

const JSON_TYPE = { "Content-Type": "application/json" };
const NOT_FOUND = { ok: false, error_code: 404, description: "Not Found" };

async function answerCall(
  world: World,
  token: string,
  name: string,
  request: Request,
): Promise<Answer | "dropped"> {
  try {
    const bot = world.store.bots.byToken(token);
    if (!bot) throw new BotApiError(401, "Unauthorized");
    const method = findMethod(name);
    if (!method) throw new BotApiError(404, "Not Found");
    world.stats.called(method.name);
    const read = await readCall(request);
    const fault = world.faults.take({ method: method.name, user: userOf(world, read) });
    if (fault?.delay_ms) await wait(fault.delay_ms, undefined, { signal: world.closing });
    if (fault?.drop === "before") return "dropped";
    const run = async () =>
      replied(await method.run(world, { bot: world.store.bots.byId(bot.id) ?? bot, ...read } satisfies Call));
    return await underFault(fault, run);
  } catch (error) {
    return refused(error);
  }
}

async function underFault(fault: Fault | null, run: () => Promise<Answer>): Promise<Answer | "dropped"> {
  if (fault?.drop === "after") {
    // Even a refusal goes unheard.
    await run().catch(refused);
    return "dropped";
  }
  return (fault && faulty(fault)) ?? run();
}

/** Whom a call is about: the chat, or whoever tapped the button that is answered. */
function userOf(world: World, { params }: Read): number | null {
  if (typeof params.callback_query_id === "string") {
    return world.store.callbacks.find(params.callback_query_id)?.user ?? null;
  }
  const id = Number(params.chat_id);
  return params.chat_id !== undefined && Number.isSafeInteger(id) ? id : null;
}
