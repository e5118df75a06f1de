import type { House } from "./house.ts";

/** What every request has. */
export interface WorkerEnv {
  Bindings: Env;
  Variables: { house: House };
}
