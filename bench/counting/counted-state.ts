import type { Tally } from "./tally.ts";

/** What is used of an object's state: the generated and the packaged types of the platform both fit it. */
interface State {
  readonly storage: Storage;
}

type Storage = Readonly<Record<Written | Read, unknown>> & { readonly sql: Sql };

interface Sql {
  // A method, so that one that takes less than anything still fits.
  exec(query: string, ...bindings: never[]): Cursor;
}

interface Cursor {
  readonly rowsRead: number;
  readonly rowsWritten: number;
  toArray(): unknown[];
}

/** The same state of an object, its rows read and written counted in `tally`. */
export function countedState<S extends State>(state: S, tally: Tally): S {
  return over(state, { storage: countedStorage(state.storage, tally) });
}

/** Methods that write one row each (Durable Objects, pricing: `setAlarm` is one too). */
const WRITES = ["put", "delete", "setAlarm", "deleteAlarm"] as const;
const READS = ["get", "getAlarm"] as const;

type Written = (typeof WRITES)[number];
type Read = (typeof READS)[number];

function countedStorage(storage: Storage, tally: Tally): Storage {
  const counted: Record<string, unknown> = { sql: countedSql(storage.sql, tally) };
  const wrap = (name: Written | Read, note: (rows: number) => void) => {
    counted[name] = (...given: unknown[]) => {
      note(rowsIn(given[0]));
      const method = storage[name];
      if (typeof method !== "function") throw new TypeError(`The storage has no method ${name}`);
      return Reflect.apply(method, storage, given);
    };
  };
  for (const name of WRITES) {
    wrap(name, (rows) => {
      tally.objectRowsWritten += rows;
    });
  }
  for (const name of READS) {
    wrap(name, (rows) => {
      tally.objectRowsRead += rows;
    });
  }
  return over(storage, counted);
}

/** `put({a, b})` writes two values. */
function rowsIn(given: unknown): number {
  return typeof given === "object" && given !== null && !(given instanceof Date)
    ? Object.keys(given).length
    : 1;
}

function countedSql(sql: Sql, tally: Tally): Sql {
  const exec = (query: string, ...bindings: never[]) => {
    const cursor = sql.exec(query, ...bindings);
    // All of the house's statements end with this one, which takes all rows; the numbers are known then.
    const toArray = () => {
      const rows = cursor.toArray();
      tally.objectRowsRead += cursor.rowsRead;
      tally.objectRowsWritten += cursor.rowsWritten;
      return rows;
    };
    return over(cursor, { toArray });
  };
  return over(sql, { exec });
}

/** `target` with some properties replaced; its own methods run as its own. */
function over<T extends object>(target: T, replaced: Readonly<Record<string, unknown>>): T {
  return new Proxy(target, {
    get(_, name) {
      if (typeof name === "string" && name in replaced) return replaced[name];
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
