import type { MainSystem } from "../../../contract/ports.ts";
import { endpoints } from "../../../main-system/endpoints/endpoints.ts";
import { type Answering, json, systemServer } from "../../main-system/system-server.ts";

/** The token that an example system takes. */
export const TOKEN = "example-token";

/** Asks for what no system has. */
const UNKNOWN = /999999999|70000000000/;

/** Answers that an example system gives in place of the examples, by the endpoint's name. */
export type Faults = { readonly [Name in keyof MainSystem]?: Answering };

/** How careless an example system is. */
interface Careless {
  readonly aboutTokens?: boolean;
  readonly aboutIds?: boolean;
}

/** Starts a main system that answers with the examples of the table. */
export async function exampleSystem(faults: Faults = {}, careless: Careless = {}) {
  return systemServer((response, seen, nth) => {
    if (!careless.aboutTokens && seen.token !== `Bearer ${TOKEN}`) {
      return json(401, { error: "unauthorized" })(response);
    }
    const endpoint = Object.values(endpoints).find(({ method, path }) =>
      pattern(method, path).test(seen.line),
    );
    const isUnknown = !careless.aboutIds && UNKNOWN.test(seen.line);
    if (!endpoint || isUnknown) return json(404, { error: "not-found" })(response);
    const answer = faults[endpoint.name] ?? json(200, endpoint.example.answer);
    return answer(response, seen, nth);
  });
}

/** Request lines of an endpoint. */
function pattern(method: string, path: string): RegExp {
  return new RegExp(`^${method} /api${path.replace(/\{\w+\}/g, "[^/]+")}(\\?.*)?$`);
}

/** The line of a report, with its reason, that speaks of `title`. */
export function told(text: string, title: string): string {
  const lines = text.split("\n");
  const at = lines.findIndex((line) => line.includes(title));
  return `${lines[at]} ${lines[at + 1]?.includes("→") ? lines[at + 1] : ""}`.replace(/\s+/g, " ").trim();
}
