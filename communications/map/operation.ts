/** A communication's operation in the API's document: its group, and its name. */
export interface Operation {
  readonly tag: string;
  readonly operationId: string;
}

/** The operation of the call that starts a communication: "post/new" is `postNew` under `post`. */
export function operationOf(alias: string): Operation {
  const [tag = alias] = alias.split("/");
  const operationId = alias.replace(/\W+(\w)/g, (_, letter: string) => letter.toUpperCase());
  return { tag, operationId };
}

/** Where an operation stands on the API page `docs`, whose address names the bot. */
export function operationLink(docs: string, { tag, operationId }: Operation): string {
  return `${docs}#/${tag}/${operationId}`;
}
