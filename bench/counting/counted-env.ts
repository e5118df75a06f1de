import type {
  AnalyticsEngineDataset,
  D1Database,
  DurableObjectNamespace,
  MessageSendRequest,
  Queue,
} from "@cloudflare/workers-types";
import { countedDatabase } from "./counted-database.ts";
import { over } from "./over.ts";
import type { Tally } from "./tally.ts";

/** The same bindings, what is asked of them counted in `tally`. */
export function countedEnv<E extends object>(env: E, tally: Tally): E {
  return new Proxy(env, {
    get(target, name) {
      const binding: unknown = Reflect.get(target, name);
      const where = String(name);
      if (isLike<D1Database>(binding, "prepare", "batch")) return countedDatabase(binding, tally);
      if (isLike<DurableObjectNamespace>(binding, "getByName"))
        return countedNamespace(binding, where, tally);
      if (isLike<Queue>(binding, "sendBatch")) return countedQueue(binding, where, tally);
      if (isLike<AnalyticsEngineDataset>(binding, "writeDataPoint"))
        return over(binding, { writeDataPoint: () => tally.add("dataPoints", where, 1) });
      return binding;
    },
  });
}

function isLike<T>(binding: unknown, ...methods: readonly (keyof T & string)[]): binding is T {
  return (
    typeof binding === "object" &&
    binding !== null &&
    methods.every((method) => typeof Reflect.get(binding, method) === "function")
  );
}

function countedNamespace(namespace: DurableObjectNamespace, where: string, tally: Tally) {
  return over(namespace, {
    getByName: (name: string) => countedStub(namespace.getByName(name), where, tally),
    get: (id: Parameters<DurableObjectNamespace["get"]>[0]) => countedStub(namespace.get(id), where, tally),
  });
}

function countedStub<S extends object>(stub: S, where: string, tally: Tally): S {
  return new Proxy(stub, {
    get(target, name) {
      return (...given: unknown[]) => {
        tally.add("objectRequests", where, 1);
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== "function") throw new TypeError(`${String(name)} is no method of an object`);
        return Reflect.apply(method, target, given);
      };
    },
  });
}

/** Cloudflare Queues, pricing: an operation for every 64 KB that is written, read, or deleted. */
const OPERATION_BYTES = 64 * 1024;
const OPERATIONS = 3;

function countedQueue(queue: Queue, where: string, tally: Tally) {
  const count = (body: unknown) => {
    const bytes = Buffer.byteLength(JSON.stringify(body));
    tally.add("queueMessages", where, 1);
    tally.add("queueOperations", where, OPERATIONS * Math.ceil(bytes / OPERATION_BYTES));
  };
  return {
    send(body: unknown, options?: object) {
      count(body);
      return queue.send(body, options);
    },
    sendBatch(messages: readonly MessageSendRequest[], options?: object) {
      for (const { body } of messages) count(body);
      return queue.sendBatch([...messages], options);
    },
  };
}
