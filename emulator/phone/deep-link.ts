/**
 * The payload of a link to this bot (`https://t.me/<bot>?start=…`, this page's own `/t.me/<bot>?start=…`, or
 * `tg://resolve?domain=<bot>&start=…`), empty without one; `null` for any other link.
 */
export function deepLink(url: string, username: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, hostname, port, pathname, searchParams } = new URL(url);
  const local = port === location.port && pathname.startsWith("/t.me/");
  const ours = protocol === "tg:" || local || ["t.me", "telegram.me"].includes(hostname);
  const name = protocol === "tg:" ? searchParams.get("domain") : pathname.split("/").at(-1);
  return ours && name?.toLowerCase() === username.toLowerCase() ? (searchParams.get("start") ?? "") : null;
}
