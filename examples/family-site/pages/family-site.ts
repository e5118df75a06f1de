import { html } from "hono/html";
import type { FamilySite } from "../data/family-sites.ts";
import { avatar, type Html } from "./layout.ts";
import { dayOf } from "./words.ts";

/** A family's own website, as the bot had it made: its name and who belongs to it. */
export function familySitePage({ name, ownerName, members, createdAt }: FamilySite): Html {
  return html`<p class="back"><a href="/family">← Семья</a></p>
    <h1 data-testid="site-name">${name}</h1>
    <p class="lead">Сайт семьи. Его через бота создал(а) ${ownerName} ${dayOf(createdAt)}</p>
    ${members.length === 0 ? html`<p class="card empty">Здесь пока никого нет.</p>` : ""}
    <ul class="members">
      ${members.map(
        (member, at) => html`<li class="card member" data-testid="site-member">
          ${avatar({ id: at, name: member.name })}
          <div><span class="author">${member.name}</span></div>
        </li>`,
      )}
    </ul>`;
}
