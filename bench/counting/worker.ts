import "../notice/register.ts";
import worker, * as objects from "../../workers/index.ts";
import { countedEnv } from "./counted-env.ts";
import { counted, nextAlarmMs, watch } from "./counted-object.ts";
import { Tally } from "./tally.ts";

/** One for the Worker and all its objects: on one machine they share this module. */
const tally = new Tally();

const realFetch = globalThis.fetch;
globalThis.fetch = (input, init) => {
  const { pathname } = new URL(input instanceof Request ? input.url : input);
  if (pathname.startsWith("/bot")) tally.add("botRequests", "Telegram", 1);
  return realFetch(input, init);
};

/** A conversation, counted. */
export class Conversation extends objects.Conversation {
  constructor(ctx: DurableObjectState, env: Env) {
    super(counted(ctx, "Conversation", tally), countedEnv(env, tally));
  }
}

/** A broadcast, counted. */
export class Broadcast extends objects.Broadcast {
  constructor(ctx: DurableObjectState, env: Env) {
    super(counted(ctx, "Broadcast", tally), countedEnv(env, tally));
  }
}

/** A pacer, counted. */
export class Pacer extends objects.Pacer {
  constructor(ctx: DurableObjectState, env: Env) {
    super(counted(ctx, "Pacer", tally), countedEnv(env, tally));
  }
}

watch(Conversation, "Conversation", tally);
watch(Broadcast, "Broadcast", tally);
watch(Pacer, "Pacer", tally);

/** Beseda itself, and `GET` and `DELETE /bench/tally`. */
export default {
  fetch(request, env, ctx) {
    if (new URL(request.url).pathname === "/bench/tally") return told(request);
    tally.add("workerRequests", "requests", 1);
    return worker.fetch(request, countedEnv(env, tally), ctx);
  },
  queue(batch, env) {
    tally.add("workerRequests", batch.queue, 1);
    // One that comes again is read once more.
    tally.add(
      "queueOperations",
      `${batch.queue}, again`,
      batch.messages.filter(({ attempts }) => attempts > 1).length,
    );
    return worker.queue(batch, countedEnv(env, tally));
  },
  scheduled(controller, env) {
    tally.add("workerRequests", "cron", 1);
    return worker.scheduled(controller, countedEnv(env, tally));
  },
} satisfies ExportedHandler<Env>;

function told(request: Request): Response {
  if (request.method === "DELETE") tally.clear();
  return Response.json({ counts: tally.counts(), nextAlarmMs: nextAlarmMs() });
}
