/** The address as Telegram keeps it, with a scheme and a path; `null` where it is none and the link is dropped. */
export function checkedLink(address: string): string | null {
  const trimmed = address.trim();
  const full =
    /^[a-z][a-z0-9+.-]*:/i.test(trimmed) && !/^[^/]+:\d+/.test(trimmed) ? trimmed : `http://${trimmed}`;
  if (!URL.canParse(full)) return null;
  const url = new URL(full);
  if (!["http:", "https:", "tg:", "ton:", "tonsite:", "mailto:", "tel:"].includes(url.protocol)) return null;
  return url.href;
}
