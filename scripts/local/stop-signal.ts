/** Ctrl-C reaches us twice at once: from the terminal, and from npm, which passes its own on. */
const SAME_KEYSTROKE_MS = 400;
const PARENT_CHECK_MS = 1_000;

/**
 * Resolves when this process is to end: Ctrl-C, `kill`, a closed terminal, or npm gone without a word.
 * A second Ctrl-C, meant as such, calls `kill`.
 */
export function stopSignal(kill: () => void): Promise<void> {
  return new Promise((resolve) => {
    let first = 0;
    const onSignal = () => {
      if (first === 0) {
        first = Date.now();
        resolve();
      } else if (Date.now() - first > SAME_KEYSTROKE_MS) kill();
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
    // Writing to a terminal that is closed must not be what ends us halfway.
    for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
    if (process.env.npm_lifecycle_event) whenParentChanges(resolve);
  });
}

/** A killed npm passes no signal on; we then belong to somebody else. */
function whenParentChanges(resolve: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    resolve();
  }, PARENT_CHECK_MS);
  timer.unref();
}
