/**
 * Address of a page of the site.
 * @param path without a slash at its beginning; "" is the first page
 */
export function pageUrl(siteUrl: string, path: string, query: Readonly<Record<string, string>> = {}): string {
  const page = path === "" ? siteUrl : `${siteUrl.replace(/\/$/, "")}/${path}`;
  const search = new URLSearchParams(query).toString();
  if (search === "") return page;
  return `${page}${page.includes("?") ? "&" : "?"}${search}`;
}
