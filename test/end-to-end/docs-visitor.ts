import { expect } from "vitest";
import type { World } from "../world/world.ts";

/** Fields of a form, and where it is sent from. */
interface Sending {
  readonly origin?: string;
  readonly cookie?: string;
}

/** Somebody at the pages of the docs with a browser; redirects are looked at, not followed. */
export type DocsVisitor = ReturnType<typeof docsVisitor>;

/** A visitor of a world's docs. */
export function docsVisitor({ worker }: World) {
  /** Asks a page. */
  const page = (path: string, cookie = "") =>
    fetch(`${worker.url}${path}`, { redirect: "manual", headers: cookie ? { Cookie: cookie } : {} });

  /** Sends a form as a browser does from a page of `origin`. */
  const form = (
    path: string,
    fields: Record<string, string>,
    { origin = worker.url, cookie = "" }: Sending = {},
  ) =>
    fetch(`${worker.url}${path}`, {
      method: "POST",
      redirect: "manual",
      headers: { Origin: origin, ...(cookie ? { Cookie: cookie } : {}) },
      body: new URLSearchParams(fields),
    });

  return {
    page,
    form,
    /** Signs in, and returns the cookie as a browser sends it. */
    async signIn(token: string): Promise<string> {
      const response = await form("/api/docs/sign-in", { token });
      expect(response.status).toBe(302);
      return response.headers.get("set-cookie")?.split(";")[0] ?? "";
    },
  };
}
