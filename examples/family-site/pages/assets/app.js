/**
 * The page inside Telegram: shows the server what Telegram said of the person, and puts in what it answers. Telegram
 * writes it behind the `#` of the address, which browsers tell no server.
 */
const box = document.querySelector("[data-app]");
const told = new URLSearchParams(location.hash.slice(1)).get("tgWebAppData");

if (told) ask(told);
else show(document.querySelector("[data-app-outside]").content.cloneNode(true));

async function ask(initData) {
  try {
    const answer = await fetch("/app/me", { method: "POST", body: new URLSearchParams({ initData }) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    show(...page.body.childNodes);
  } catch {
    show(document.querySelector("[data-app-silent]").content.cloneNode(true));
  }
  for (const button of box.querySelectorAll("[data-again]")) {
    button.addEventListener("click", () => ask(initData), { once: true });
  }
}

function show(...parts) {
  box.replaceChildren(...parts);
  box.removeAttribute("aria-busy");
}
