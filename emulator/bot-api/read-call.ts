import type { Upload } from "./call.ts";
import { badRequest } from "./error.ts";

/** Parameters and files of a request. */
export interface Read {
  readonly params: Record<string, unknown>;
  readonly files: Map<string, Upload>;
}

/** Reads what a call brought: the query and a JSON, urlencoded or multipart body. Throws 400 for an unreadable body. */
export async function readCall(request: Request): Promise<Read> {
  const params: Record<string, unknown> = Object.fromEntries(new URL(request.url).searchParams);
  const files = new Map<string, Upload>();
  const type = request.headers.get("content-type") ?? "";
  if (request.method !== "POST") return { params, files };

  if (type.startsWith("application/json")) Object.assign(params, await readJson(request));
  else if (/^(multipart\/form-data|application\/x-www-form-urlencoded)/.test(type))
    await readForm(request, params, files);
  return { params, files };
}

async function readJson(request: Request): Promise<object> {
  const text = await request.text();
  if (text === "") return {};
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === "object" && body !== null && !Array.isArray(body)) return body;
  } catch {
    // Told below, in Telegram's words.
  }
  throw badRequest("can't parse JSON object");
}

async function readForm(request: Request, params: Record<string, unknown>, files: Map<string, Upload>) {
  const form = await request.formData().catch(() => {
    throw badRequest("can't parse the request body");
  });
  for (const [name, value] of form) {
    if (typeof value === "string") params[name] = value;
    else {
      const file = value as Blob & { name: string };
      files.set(name, { name: file.name, type: file.type, bytes: new Uint8Array(await file.arrayBuffer()) });
    }
  }
}
