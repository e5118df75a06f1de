/** How often an open page asks for news: soon enough to feel alive, rare enough for a small server. */
const EVERY_MS = 2000;

for (const box of document.querySelectorAll("[data-live]")) keepFresh(box);
for (const form of document.querySelectorAll("[data-once]")) sendOnce(form);
for (const field of document.querySelectorAll("[data-submit-on-change]")) {
  field.addEventListener("change", () => field.form.submit());
}
for (const field of document.querySelectorAll("[data-max-mb]")) {
  field.addEventListener("change", () => checkSize(field));
}

/** Renews the parts of a box that have changed, found by their keys; what stands still is not touched. */
function keepFresh(box) {
  const shown = new Map([...box.children].map((part) => [part.dataset.key, part.outerHTML]));

  function renew(parts) {
    const kept = parts.map((part) => {
      const { key } = part.dataset;
      const html = part.outerHTML;
      const current = [...box.children].find((child) => child.dataset.key === key);
      if (current && shown.get(key) === html) return current;
      shown.set(key, html);
      const fresh = document.importNode(part, true);
      if (!current) fresh.classList.add("fresh");
      return fresh;
    });
    const same = kept.length === box.children.length && kept.every((part, at) => part === box.children[at]);
    if (!same) box.replaceChildren(...kept);
  }

  async function ask() {
    try {
      const response = document.hidden ? null : await fetch(box.dataset.live, { cache: "no-cache" });
      if (response?.ok) {
        const answer = new DOMParser().parseFromString(await response.text(), "text/html");
        renew([...answer.body.children]);
      }
    } catch {
      // The server is away for a moment: the next round will tell.
    }
    setTimeout(ask, EVERY_MS);
  }

  setTimeout(ask, EVERY_MS);
}

/** One click, one sending. The server would notice a second one too; this only spares the waiting. */
function sendOnce(form) {
  const button = form.querySelector("button");
  form.addEventListener("submit", () => {
    button.disabled = true;
  });
  window.addEventListener("pageshow", () => {
    button.disabled = false;
  });
}

/** Says that a file is too big before it travels. */
function checkSize(field) {
  const most = Number(field.dataset.maxMb);
  const tooBig = [...field.files].some((file) => file.size > most * 1024 * 1024);
  field.setCustomValidity(tooBig ? `Файл больше ${most} МБ` : "");
  field.reportValidity();
}
