/** `target` with some properties replaced; its own methods run as its own. */
export function over<T extends object>(target: T, replaced: Readonly<Record<PropertyKey, unknown>>): T {
  return new Proxy(target, {
    get(_, name) {
      if (name in replaced) return replaced[name];
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
