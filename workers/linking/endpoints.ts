import { authorize } from "./authorize.ts";
import type { AnyEndpoint } from "./endpoint.ts";
import { identify } from "./identify.ts";
import { link } from "./link.ts";
import { linkStart } from "./link-start.ts";
import { miniAppIdentify } from "./miniapp-identify.ts";
import { unlink } from "./unlink.ts";

/** What a site calls to become one with the bot (design, "Linking"), in the order of the documentation. */
export const linkingEndpoints: readonly AnyEndpoint[] = [
  authorize,
  link,
  unlink,
  linkStart,
  identify,
  miniAppIdentify,
];
