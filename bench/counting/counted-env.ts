import type {
  D1Database,
  D1Meta,
  D1PreparedStatement,
  D1Result,
  DurableObjectNamespace,
  MessageSendRequest,
  Queue,
} from "@cloudflare/workers-types";
import type { Tally } from "./tally.ts";

/** The same bindings, what is asked of them counted in `tally`. */
export function countedEnv<E extends object>(env: E, tally: Tally): E {
  return new Proxy(env, {
    get(target, name) {
      const binding: unknown = Reflect.get(target, name);
      if (isLike<D1Database>(binding, "prepare", "batch")) return countedDatabase(binding, tally);
      if (isLike<DurableObjectNamespace>(binding, "getByName")) return countedNamespace(binding, tally);
      if (isLike<Queue>(binding, "sendBatch")) return countedQueue(binding, tally);
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

/** A statement within its wrapping, for `batch`. */
const INSIDE = Symbol("the statement itself");

function countedDatabase(database: D1Database, tally: Tally) {
  return {
    prepare: (query: string) => countedStatement(database.prepare(query), query, tally),
    async batch(statements: readonly { readonly [INSIDE]: D1PreparedStatement }[]) {
      begin(tally, statements.length);
      const results = await database.batch(statements.map((statement) => statement[INSIDE]));
      for (const { meta } of results) end(tally, meta);
      return results;
    },
  };
}

interface CountedStatement {
  readonly [INSIDE]: D1PreparedStatement;
  bind(...values: unknown[]): CountedStatement;
  all(): Promise<D1Result>;
  run(): Promise<D1Result>;
  raw(): Promise<unknown[][]>;
}

function countedStatement(statement: D1PreparedStatement, query: string, tally: Tally): CountedStatement {
  const counted = async (): Promise<D1Result> => {
    begin(tally, 1);
    const result = await statement.all();
    end(tally, result.meta);
    return result;
  };
  return {
    [INSIDE]: statement,
    bind: (...values) => countedStatement(statement.bind(...values), query, tally),
    all: counted,
    run: counted,
    async raw() {
      // `raw` tells no numbers, and `all` loses columns of one name: what only reads is asked once more for them.
      const { results } = await counted();
      return /^\s*(select|with)\b/i.test(query)
        ? statement.raw()
        : results.map((row) => Object.values(row as object));
    },
  };
}

function begin(tally: Tally, statements: number): void {
  tally.d1Queries += statements;
  if (tally.botRequests === 0) tally.d1QueriesBeforeAnswer += statements;
}

function end(tally: Tally, meta: D1Meta): void {
  tally.d1RowsRead += meta.rows_read;
  tally.d1RowsWritten += meta.rows_written;
}

function countedNamespace(namespace: DurableObjectNamespace, tally: Tally) {
  return { getByName: (name: string) => countedStub(namespace.getByName(name), tally) };
}

function countedStub<S extends object>(stub: S, tally: Tally): S {
  return new Proxy(stub, {
    get(target, name) {
      return (...given: unknown[]) => {
        tally.objectRequests += 1;
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== "function") throw new TypeError(`${String(name)} is no method of an object`);
        return Reflect.apply(method, target, given);
      };
    },
  });
}

function countedQueue(queue: Queue, tally: Tally) {
  return {
    send(body: unknown) {
      tally.queueMessages += 1;
      return queue.send(body);
    },
    sendBatch(messages: readonly MessageSendRequest[]) {
      tally.queueMessages += messages.length;
      return queue.sendBatch(messages);
    },
  };
}
