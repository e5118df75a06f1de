import type { DocumentRow, MapDocument, NamedDialog, RowCommunication } from "./document.ts";
import { type Column, markdownTable, markdownText } from "./markdown-table.ts";
import { operationLink } from "./operation.ts";

/** Where the document is to be read. */
export interface MarkdownPlace {
  readonly title: string;
  /** The API page of the bot, "…/api/docs?bot=1". */
  readonly docs: string;
  /** The way from the document to the top of the code, with a slash at its end; `null` where the code is elsewhere. */
  readonly code: string | null;
}

const ROW_COLUMNS: readonly Column[] = [
  { title: "№", right: true },
  { title: "Stage / event" },
  { title: "Communication" },
  { title: "Detailed description" },
  { title: "Endpoint" },
  { title: "File" },
];

const DIALOG_COLUMNS: readonly Column[] = [{ title: "Name" }, { title: "When" }];

/** The maps as one text of Markdown, laid out as its formatter would. */
export function mapMarkdown(documents: readonly MapDocument[], place: MarkdownPlace): string {
  const parts = [
    `# ${markdownText(place.title)}`,
    "Which event starts which communication. Made from the code: a row is changed in its file.",
    ...documents.flatMap((document) => mapParts(document, place)),
  ];
  return `${parts.join("\n\n")}\n`;
}

function mapParts(document: MapDocument, place: MarkdownPlace): string[] {
  return [
    `## ${markdownText(document.title)}`,
    `In the code: ${codePlace(document.folder, place)}`,
    ...document.sections.flatMap(({ title, rows }) => [
      `### ${markdownText(title)}`,
      markdownTable(
        ROW_COLUMNS,
        rows.map((row) => rowCells(row, place)),
      ),
    ]),
    ...dialogParts("Commands", document.commands),
    ...dialogParts("Dialogs that start by themselves", document.selfStarted),
  ];
}

function rowCells(
  { number, event, communication, description }: DocumentRow,
  place: MarkdownPlace,
): string[] {
  const [says, endpoint, file] = communication
    ? [
        markdownText(communication.says),
        endpointCell(communication, place),
        codePlace(communication.file, place),
      ]
    : ["**Gap:** no communication yet", "", ""];
  return [String(number), markdownText(event), says, markdownText(description), endpoint, file];
}

/** What the house alone starts is named, but leads nowhere. */
function endpointCell(communication: RowCommunication, { docs }: MarkdownPlace): string {
  const alias = `\`${communication.alias}\``;
  return communication.isInternal
    ? `${alias}: none, the bot starts it`
    : `[${alias}](${operationLink(docs, communication)})`;
}

function dialogParts(title: string, dialogs: readonly NamedDialog[]): string[] {
  if (dialogs.length === 0) return [];
  const rows = dialogs.map(({ name, when }) => [`\`${name}\``, markdownText(when)]);
  return [`### ${title}`, markdownTable(DIALOG_COLUMNS, rows)];
}

function codePlace(path: string, { code }: MarkdownPlace): string {
  return code === null ? `\`${path}\`` : `[\`${path}\`](${code}${path})`;
}
