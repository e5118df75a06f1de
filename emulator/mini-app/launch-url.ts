/** The version of the Mini Apps that a page is told. */
const VERSION = "9.1";
/** A page in a frame of a page: what Telegram's own web app, "weba", does. */
const PLATFORM = "weba";

/** The address of a bot's page with what Telegram tells it, which travels in the fragment: no server logs it. */
export function launchUrl(url: string, initData: string): string {
  const told = `tgWebAppData=${encodeURIComponent(initData)}&tgWebAppVersion=${VERSION}&tgWebAppPlatform=${PLATFORM}`;
  return url + joint(url) + told;
}

/** How more goes into a fragment: `#path` becomes `#path?…`, `#a=b` and `#path?a=b` become `…&…`. */
function joint(url: string): "#" | "" | "?" | "&" {
  const at = url.indexOf("#");
  if (at < 0) return "#";
  const fragment = url.slice(at + 1);
  if (fragment === "") return "";
  return /[=?]/.test(fragment) ? "&" : "?";
}
