/** Puts a text on the clipboard. Rejects with words for people where the browser does not let the page. */
export async function copy(text: string): Promise<void> {
  // Browsers give it to pages of this machine and of https alone.
  if (!("clipboard" in navigator)) throw new Error("The browser lets only a page on 127.0.0.1 copy");
  await navigator.clipboard.writeText(text).catch(() => {
    throw new Error("The browser did not let this page copy");
  });
}
