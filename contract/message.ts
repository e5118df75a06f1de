import type { OutAttachment } from "./media.ts";

/** A button under a message: one that answers (its `data` comes back), or one that opens a page, in the messenger itself too. */
export type OutButton =
  | { readonly label: string; readonly data: string }
  | { readonly label: string; readonly url: string }
  | { readonly label: string; readonly app: string };

/** The keyboard in place of the person's letters: asks for their phone number, or goes away. */
export type OutKeyboard = { readonly askContact: string } | "remove";

/** One message on its way to a messenger, in one language and within that messenger's limits. */
export interface OutMessage {
  /** Safe HTML; empty only where there is a picture or an attachment. */
  readonly html: string;
  /** Address of a picture, which the messenger fetches, or the `fileId` of one that it knows. */
  readonly picture?: string;
  /** Instead of a picture. */
  readonly attachment?: OutAttachment;
  readonly buttons?: readonly (readonly OutButton[])[];
  readonly keyboard?: OutKeyboard;
}
