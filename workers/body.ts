/** The body is larger than is taken. */
export class BodyTooLarge {
  readonly largest: number;
  constructor(largest: number) {
    this.largest = largest;
  }
}

/** The body is not JSON. */
export class NotJson {}

/** What a body of JSON was read as. */
export type ReadBody = { readonly value: unknown; readonly text: string } | BodyTooLarge | NotJson;

/** Reads a body of JSON of at most `largest` bytes; of a larger one no more than that is read. */
export async function boundedJson(request: Request, largest: number): Promise<ReadBody> {
  if (Number(request.headers.get("content-length") ?? 0) > largest) return new BodyTooLarge(largest);
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const part of request.body ?? []) {
    bytes += part.byteLength;
    if (bytes > largest) return new BodyTooLarge(largest);
    text += decoder.decode(part, { stream: true });
  }
  text += decoder.decode();
  try {
    return { value: JSON.parse(text), text };
  } catch {
    return new NotJson();
  }
}
