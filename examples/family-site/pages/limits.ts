import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Site } from "../site.ts";
import { PICTURE_BYTES } from "./forms.ts";
import { messagePage } from "./show.ts";

/** Room for a form's text and wrapping, beside its picture. */
const FORM_BYTES = 64 * 1024;

/** Lets forms of text through, and says so on a page where one is too big. */
export function smallForms(site: Site): MiddlewareHandler {
  return bodyLimit({ maxSize: FORM_BYTES, onError: tooBig(site) });
}

/** The same for forms with a picture. */
export function pictureForms(site: Site): MiddlewareHandler {
  return bodyLimit({ maxSize: PICTURE_BYTES + FORM_BYTES, onError: tooBig(site) });
}

function tooBig(site: Site) {
  return (c: Context) => messagePage(site, c, 413, "Слишком большая отправка. Картинка — не больше 5 МБ.");
}
