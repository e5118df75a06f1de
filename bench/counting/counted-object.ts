import { type Tally, tableOf } from "./tally.ts";

/** What is used of an object's state: the generated and the packaged types of the platform both fit it. */
interface State {
  readonly id: { toString(): string };
  readonly storage: object & { readonly sql: object; readonly kv: object };
}

interface Cursor {
  readonly rowsRead: number;
  readonly rowsWritten: number;
}

/** What the harness keeps in objects for itself. */
const HARNESS_TABLES = "__miniflare";

type Method = (this: unknown, ...given: unknown[]) => unknown;

/** How much of one object's time is counted: while anything of it is under way, once. */
interface Activity {
  underWay: number;
  since: number;
}

const activities = new WeakMap<object, Activity>();

/** When the alarm of an object will ring, by the object's id; milliseconds since 1970. */
const alarms = new Map<string, number>();

/** Milliseconds until the next alarm rings of all that are set, or `null` where none is. */
export function nextAlarmMs(): number | null {
  return alarms.size === 0 ? null : Math.min(...alarms.values()) - Date.now();
}

/**
 * Has the state of an object count its rows and its time in `tally`. It is changed where it lies: the platform takes
 * no other in its place, and so what the object's constructor does is counted too.
 */
export function counted<S extends State>(state: S, where: string, tally: Tally): S {
  activities.set(state, { underWay: 0, since: 0 });
  const { storage } = state;
  countRows(storage.sql, where, tally);
  const read = (rows: number) => tally.add("objectRowsRead", `${where}/keys`, rows);
  const written = (rows: number) => tally.add("objectRowsWritten", `${where}/keys`, rows);
  for (const keys of [storage, storage.kv]) {
    note(keys, "get", read);
    note(keys, "put", written);
    note(keys, "delete", written);
  }
  // Durable Objects, pricing: setting an alarm writes a row.
  for (const name of ["setAlarm", "deleteAlarm"])
    note(storage, name, () => tally.add("objectRowsWritten", `${where}/alarm`, 1));
  note(storage, "getAlarm", () => tally.add("objectRowsRead", `${where}/alarm`, 1));
  followAlarm(state);
  replace(
    state,
    "waitUntil",
    (waitUntil) => (work) => waitUntil(whileUnderWay(state, where, tally, () => work)),
  );
  return state;
}

/** Has every method of a class count the time it takes, and its alarms. */
export function watch(objects: { readonly prototype: object }, where: string, tally: Tally): void {
  const { prototype } = objects;
  for (let at = Object.getPrototypeOf(prototype); isOurs(at); at = Object.getPrototypeOf(at)) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
      if (typeof value !== "function" || name === "constructor" || Object.hasOwn(prototype, name)) continue;
      const method = value as Method;
      Object.defineProperty(prototype, name, {
        value(this: { readonly ctx: State }, ...given: unknown[]) {
          if (name === "alarm") {
            tally.add("alarms", where, 1);
            alarms.delete(String(this.ctx.id));
          }
          return whileUnderWay(this.ctx, where, tally, () => Reflect.apply(method, this, given));
        },
      });
    }
  }
}

/** Whether a prototype is one of our classes, and not yet the platform's. */
function isOurs(prototype: object): boolean {
  return !["DurableObject", "Object"].includes(prototype.constructor.name);
}

/** An object is billed for the time in which anything is under way; two things at once are that time once. */
function whileUnderWay<T>(state: object, where: string, tally: Tally, work: () => T): T {
  const activity = activities.get(state);
  if (!activity) return work();
  if (activity.underWay === 0) activity.since = performance.now();
  activity.underWay += 1;
  const end = () => {
    activity.underWay -= 1;
    if (activity.underWay === 0) tally.add("objectMs", where, performance.now() - activity.since);
  };
  const result = work();
  if (result instanceof Promise) result.then(end, end);
  else end();
  return result;
}

function followAlarm({ id, storage }: State): void {
  replace(storage, "setAlarm", (setAlarm) => (time, ...options) => {
    alarms.set(String(id), Number(time));
    return setAlarm(time, ...options);
  });
  for (const name of ["deleteAlarm", "deleteAll"]) {
    replace(storage, name, (remove) => (...given) => {
      alarms.delete(String(id));
      return remove(...given);
    });
  }
}

function countRows(sql: object, where: string, tally: Tally): void {
  replace(sql, "exec", (exec) => (...given) => {
    const cursor = exec(...given) as Cursor & object;
    const table = tableOf(String(given[0]));
    if (table.startsWith(HARNESS_TABLES)) return cursor;
    const place = `${where}/${table}`;
    const known = { read: 0, written: 0 };
    const settle = () => {
      tally.add("objectRowsRead", place, cursor.rowsRead - known.read);
      tally.add("objectRowsWritten", place, cursor.rowsWritten - known.written);
      Object.assign(known, { read: cursor.rowsRead, written: cursor.rowsWritten });
    };
    settle();
    // More may be read with every row that is taken.
    for (const name of ["toArray", "one", "next", "raw"]) {
      replace(cursor, name, (take) => (...options) => {
        const taken = take(...options);
        settle();
        return taken;
      });
    }
    return cursor;
  });
}

/** Has a method tell how many rows its first argument means: `put({a, b})` writes two values. */
function note(target: object, name: string, tell: (rows: number) => void): void {
  replace(target, name, (method) => (...given) => {
    const [first] = given;
    const isMany = typeof first === "object" && first !== null && !(first instanceof Date);
    tell(isMany ? Object.keys(first).length : 1);
    return method(...given);
  });
}

function replace(
  target: object,
  name: string,
  by: (method: (...given: unknown[]) => unknown) => (...given: unknown[]) => unknown,
): void {
  const method: unknown = Reflect.get(target, name);
  if (typeof method !== "function") throw new TypeError(`There is no method ${name} to count`);
  Object.defineProperty(target, name, {
    value: by((...given) => Reflect.apply(method, target, given)),
    configurable: true,
  });
}
