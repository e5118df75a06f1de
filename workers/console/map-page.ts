import { html } from "hono/html";
import type {
  DocumentRow,
  MapDocument,
  MapSection,
  NamedDialog,
  RowCommunication,
} from "../../communications/map/document.ts";
import { operationLink } from "../../communications/map/operation.ts";
import { bar, type Html, page, pageOf, type ShownBot } from "./page.ts";

const COLUMNS = ["№", "Stage / event", "Communication", "Detailed description", "Endpoint and file"] as const;

/** The communication maps of one bot, with a way to those of the others. */
export function mapPage(documents: readonly MapDocument[], bot: ShownBot, bots: readonly ShownBot[]): Html {
  const docs = pageOf("docs", bot);
  return page(
    `Communication maps of @${bot.username}`,
    html`${bar("map", bot, bots)}
      <main class="maps">
        <h2>Communication maps of @${bot.username}</h2>
        <p>
          Which event starts which communication.
          <a href="${markdownOf(bot)}" download>Download as Markdown</a>
        </p>
        <ul class="contents">
          ${documents.map(({ name, title }) => html`<li><a href="#${name}">${title}</a></li>`)}
        </ul>
        ${documents.map((document) => mapSection(document, docs))}
      </main>`,
    html`<link rel="stylesheet" href="/map.css" />`,
  );
}

/** Where a bot's maps are as Markdown. */
function markdownOf({ botId }: ShownBot): string {
  return `/api/docs/map.md?bot=${encodeURIComponent(botId)}`;
}

function mapSection(document: MapDocument, docs: string): Html {
  return html`<section id="${document.name}" aria-labelledby="${document.name}-title">
    <h2 id="${document.name}-title">${document.title}</h2>
    <p>In the code: <code>${document.folder}</code></p>
    ${document.sections.length > 0 ? rowsTable(document.sections, docs) : ""}
    ${dialogs("Commands", document.commands)}
    ${dialogs("Dialogs that start by themselves", document.selfStarted)}
  </section>`;
}

function rowsTable(sections: readonly MapSection[], docs: string): Html {
  return html`<table>
    <thead>
      <tr>${COLUMNS.map((title) => html`<th scope="col">${title}</th>`)}</tr>
    </thead>
    ${sections.map(
      ({ title, rows }) => html`<tbody>
        <tr class="section"><th colspan="${COLUMNS.length}" scope="rowgroup">${title}</th></tr>
        ${rows.map((row) => tableRow(row, docs))}
      </tbody>`,
    )}
  </table>`;
}

function tableRow({ number, event, communication, description }: DocumentRow, docs: string): Html {
  const [, eventTitle, says, detail, endpoint] = COLUMNS;
  return html`<tr${communication ? "" : html` class="gap"`}>
    <td class="number">${number}</td>
    <td data-column="${eventTitle}">${event}</td>
    <td data-column="${says}">${communication?.says ?? html`<strong>Gap:</strong> no communication yet`}</td>
    <td data-column="${detail}">${description}</td>
    ${
      communication
        ? html`<td data-column="${endpoint}">
            ${endpointOf(communication, docs)}
            <code class="file">${communication.file}</code>
          </td>`
        : html`<td></td>`
    }
  </tr>`;
}

function dialogs(title: string, named: readonly NamedDialog[]): Html | string {
  if (named.length === 0) return "";
  return html`<h3>${title}</h3>
    <ul class="dialogs">
      ${named.map(({ name, when }) => html`<li><code>${name}</code> ${when}</li>`)}
    </ul>`;
}

/** What the house alone starts is named, but leads nowhere. */
function endpointOf(communication: RowCommunication, docs: string): Html {
  const alias = html`<code>${communication.alias}</code>`;
  return communication.isInternal
    ? html`${alias} none: the bot starts it`
    : html`<a href="${operationLink(docs, communication)}">${alias}</a>`;
}
