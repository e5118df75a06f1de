import type { Handler } from "hono";
import { refusedAuthor } from "../author.ts";
import { addFamilySite } from "../data/family-sites.ts";
import type { Site } from "../site.ts";
import { NewSiteBody } from "./bodies.ts";
import { effect } from "./effect.ts";
import { refusal } from "./refusals.ts";

/** `POST /sites` → `{siteId, url}`: a family's own website, made from the messenger (requirement 30). */
export function postSite(site: Site): Handler {
  return effect(site, NewSiteBody, (body) => {
    const refused = refusedAuthor(site.db, body.ownerId);
    if (refused) return refusal(refused.reason);
    const siteId = addFamilySite(site.db, { ...body, createdAt: site.clock.now() });
    return { status: 201, body: { siteId, url: `${site.publicUrl()}/sites/${siteId}` } };
  });
}
