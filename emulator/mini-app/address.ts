/** Hosts that are this machine; the URL parser has made them lower case. */
const THIS_MACHINE = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * What is wrong with the address of a bot's page, in Telegram's words; `null` where nothing is. Telegram takes https
 * alone; the local world lives on this machine without it.
 */
export function troubleWith(address: string): string | null {
  if (!URL.canParse(address)) return "Wrong HTTP URL";
  const { protocol, hostname } = new URL(address);
  if (protocol === "https:") return null;
  return protocol === "http:" && THIS_MACHINE.test(hostname) ? null : "Only HTTPS links are allowed";
}
