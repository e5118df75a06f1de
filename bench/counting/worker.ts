import worker, { Broadcast as RealBroadcast, Conversation as RealConversation } from "../../workers/index.ts";
import { countedEnv } from "./counted-env.ts";
import { countedState } from "./counted-state.ts";
import { emptyTally, type Tally } from "./tally.ts";

// Classes that are not counted from inside: calls to them are.
export * from "../../workers/index.ts";

/** One for the Worker and all its objects: on one machine they share this module. */
const tally: Tally = emptyTally();

const realFetch = globalThis.fetch;
globalThis.fetch = (input, init) => {
  const { pathname } = new URL(input instanceof Request ? input.url : input);
  if (pathname.startsWith("/bot")) tally.botRequests += 1;
  return realFetch(input, init);
};

/** A conversation whose rows, alarms and requests are counted. */
export class Conversation extends RealConversation {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    countFromInside(this, ctx, env);
  }

  override alarm(): Promise<void> {
    tally.alarms += 1;
    return super.alarm();
  }
}

/** A broadcast whose rows, alarms and requests are counted. */
export class Broadcast extends RealBroadcast {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    countFromInside(this, ctx, env);
  }

  override alarm(): Promise<void> {
    tally.alarms += 1;
    return super.alarm();
  }
}

/** Replaces what the platform gave to an object; its constructor would take nothing else. */
function countFromInside(object: object, ctx: DurableObjectState, env: Env): void {
  Object.defineProperty(object, "ctx", { value: countedState(ctx, tally) });
  Object.defineProperty(object, "env", { value: countedEnv(env, tally) });
}

/** Beseda itself, and `GET` and `DELETE /bench/tally`. */
export default {
  fetch(request, env, ctx) {
    if (new URL(request.url).pathname !== "/bench/tally")
      return worker.fetch(request, countedEnv(env, tally), ctx);
    if (request.method === "DELETE") Object.assign(tally, emptyTally());
    return Response.json(tally);
  },
  queue: (batch, env) => worker.queue(batch, countedEnv(env, tally)),
  scheduled: (controller, env) => worker.scheduled(controller, countedEnv(env, tally)),
} satisfies ExportedHandler<Env>;
