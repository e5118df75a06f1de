import type { AnyCommunication } from "../../dialogs/communication.ts";
import type { Gap } from "../../dialogs/map-row.ts";
import type { CommunicationMap } from "../registry.ts";
import { occasionWords } from "./occasion-words.ts";
import { type Operation, operationOf } from "./operation.ts";

/** A communication map as people of both teams read it (requirement 19). */
export interface MapDocument {
  /** The map's name in the registry. */
  readonly name: string;
  readonly title: string;
  /** Where its dialogs stand in the code, from the top of it. */
  readonly folder: string;
  readonly sections: readonly MapSection[];
  /** What a person starts with "/". */
  readonly commands: readonly NamedDialog[];
  /** What a conversation starts by itself, or another dialog plans. */
  readonly selfStarted: readonly NamedDialog[];
}

/** Rows that belong together. */
export interface MapSection {
  readonly title: string;
  readonly rows: readonly DocumentRow[];
}

/** A row. One whose `communication` is `null` is a gap: no communication answers that event yet. */
export interface DocumentRow {
  /** Counted through the whole map, whatever its sections. */
  readonly number: number;
  readonly event: string;
  readonly communication: RowCommunication | null;
  readonly description: string;
}

/** What answers a row's event: its words in the map, its endpoint and its file. */
export interface RowCommunication extends Operation {
  readonly says: string;
  readonly alias: string;
  /** Whether it has no endpoint, and so no operation: the house alone starts it. */
  readonly isInternal: boolean;
  readonly file: string;
}

/** A dialog without a row: how it is called, and when it starts. It stands in its map's folder. */
export interface NamedDialog {
  readonly name: string;
  readonly when: string;
}

/**
 * Makes the document of a map.
 * @throws Error where another section stands between the rows of one: a mistake in code, seen at the first start.
 */
export function mapDocument(name: string, map: CommunicationMap): MapDocument {
  const folder = `communications/${name}`;
  const { title, commands, occasions, reminders } = map;
  return {
    name,
    title,
    folder,
    sections: sectionsOf(map, folder),
    commands: commands.map(({ alias, summary }) => ({ name: alias, when: summary.en })),
    selfStarted: [
      ...occasions.map(({ on }) => ({ name: on, when: occasionWords[on] })),
      ...reminders.map(({ alias }) => ({
        name: alias.slice(1),
        when: "Another dialog plans it, or starts it",
      })),
    ],
  };
}

function sectionsOf({ title, rows }: CommunicationMap, folder: string): MapSection[] {
  const sections: { title: string; rows: DocumentRow[] }[] = [];
  for (const [index, row] of rows.entries()) {
    const name = "gap" in row ? row.section : row.map.section;
    if (sections.at(-1)?.title !== name) {
      if (sections.some((section) => section.title === name))
        throw new Error(`The map "${title}" comes back to its section "${name}" at row ${index + 1}`);
      sections.push({ title: name, rows: [] });
    }
    sections.at(-1)?.rows.push(rowOf(row, index + 1, folder));
  }
  return sections;
}

function rowOf(row: AnyCommunication | Gap, number: number, folder: string): DocumentRow {
  if ("gap" in row) return { number, event: row.event, communication: null, description: row.description };
  const { alias, map, isInternal } = row;
  // The file of a row is called like its endpoint, so that it is found by the name.
  const file = `${folder}/${alias.replaceAll("/", "-")}.ts`;
  const communication = { says: map.communication, alias, isInternal, ...operationOf(alias), file };
  return { number, event: map.event, communication, description: map.description };
}
