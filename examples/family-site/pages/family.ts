import { html } from "hono/html";
import type { FamilySite } from "../data/family-sites.ts";
import { fullName, type User } from "../data/users.ts";
import { avatar, type Html } from "./layout.ts";
import { counted, ROLES } from "./words.ts";

/** Everybody, with a mark at those who have the bot connected. */
export function familyPage(people: readonly User[], sites: readonly FamilySite[], botLink: string): Html {
  const connected = people.filter((person) => person.botConnected).length;
  return html`<h1>Семья</h1>
    <p class="lead">
      ${connected === 0 ? "Бот пока ни у кого не подключён." : `Бот подключён у ${counted(connected, "человека", "человек", "человек")}.`}
      Новости приходят в Telegram: <a href="${botLink}" data-testid="bot-link">открыть бота</a>.
    </p>
    <ul class="members">
      ${people.map(member)}
    </ul>
    ${sites.length === 0 ? "" : sitesMade(sites)}`;
}

function sitesMade(sites: readonly FamilySite[]): Html {
  return html`<section class="told">
    <h2>Сайты, сделанные через бота</h2>
    <ul>
      ${sites.map((site) => html`<li><a href="/sites/${site.id}">${site.name}</a> <span class="hint">${site.ownerName}</span></li>`)}
    </ul>
  </section>`;
}

function member(person: User): Html {
  const name = [person.name, person.patronymic, person.surname].filter(Boolean).join(" ");
  const { city } = person.location;
  return html`<li class="card member ${person.isActive ? "" : "inactive"}" data-testid="member" data-user="${person.id}">
    ${avatar({ id: person.id, name: fullName(person) })}
    <div>
      <span class="author">${name}</span>
      <span class="hint">${[ROLES[person.role] ?? person.role, city].filter(Boolean).join(" · ")}</span>
    </div>
    ${mark(person)}
  </li>`;
}

function mark(person: User): Html {
  if (!person.isActive) return html`<span class="mark">не участвует</span>`;
  return person.botConnected
    ? html`<span class="mark on" data-testid="bot-mark">бот подключён</span>`
    : html`<span class="mark">без бота</span>`;
}
