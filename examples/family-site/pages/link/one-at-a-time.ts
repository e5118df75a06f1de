/** Runs work of one key one after another; other keys do not wait for it. */
export type OneAtATime = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** A double click is two requests at once: the second then finds what the first has done. Keeps nothing afterwards. */
export function oneAtATime(): OneAtATime {
  const last = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const turn = (last.get(key) ?? Promise.resolve()).then(work, work);
    last.set(key, turn);
    const forget = () => {
      if (last.get(key) === turn) last.delete(key);
    };
    turn.then(forget, forget);
    return turn;
  };
}
