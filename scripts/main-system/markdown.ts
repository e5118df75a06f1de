import { namesOn, PERSON_FIELDS } from "../../contract/fields.ts";
import { addressOf, type Endpoint, MAPS, type MapName } from "../../main-system/endpoint.ts";
import { USAGE } from "./check-command.ts";
import { type Field, fieldsOf, wireSchema } from "./wire-schema.ts";
import { INTRODUCTION, MAP_TITLES, rules, TITLE } from "./words.ts";

/** The document for those who make a main system, before it is formatted. */
export function markdown(endpoints: readonly Endpoint[]): string {
  const shared = endpoints.filter((endpoint) => endpoint.shared?.is).map(titleOf);
  return [
    `# ${TITLE}`,
    "<!-- Made by `npm run main-system:docs` from main-system/endpoints/. What is changed here is lost. -->",
    wrapped(
      `${INTRODUCTION} This page is for those who build that system; what the bot offers it is told in ` +
        "[system-developer.md](system-developer.md). The same for machines: " +
        "[main-system.openapi.json](main-system.openapi.json). The site of the [local world](../README.md) is an " +
        "example that offers all of it.",
    ),
    "## Which bot needs what",
    "Every bot needs what the map `account` needs; the rest belongs to the bots that have these maps.",
    table(["endpoint", "needed by", "what for"], endpoints.map(overview)),
    "## How the bot asks",
    rules(shared)
      .map((rule) => wrapped(`- ${rule}`, "  "))
      .join("\n"),
    ...MAPS.flatMap((map) => [`## ${MAP_TITLES[map]}`, ...endpoints.filter(isOf(map)).flatMap(section)]),
    "## One field, several names",
    "The fields of a user have other names in each direction. One table knows them all, `contract/fields.ts`.",
    names(),
    "Phones are written as digits, `79187777777`; in the bot and in its answers they are in E.164, `+79187777777`.",
    "## Trying a system",
    "The check asks a system that runs, endpoint by endpoint, and says in words what is missing.",
    fenced("text", USAGE),
  ].join("\n\n");
}

function isOf(map: MapName) {
  return ({ maps }: Endpoint) => maps[0] === map;
}

function titleOf({ method, path }: Endpoint): string {
  return `${method} ${path}`;
}

function overview(endpoint: Endpoint): string[] {
  const title = titleOf(endpoint);
  const maps = endpoint.maps.map((map) => `\`${map}\``).join(", ");
  return [`[\`${title}\`](#${anchor(title)})`, maps, endpoint.summary];
}

/** The anchor that a heading gets. */
function anchor(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\d _-]/gu, "")
    .replaceAll(" ", "-");
}

function section(endpoint: Endpoint): string[] {
  const { params, query, body, answer, summary, absent, shared, example } = endpoint;
  const asked = [
    ...rowsOf("path", params ? fieldsOf(wireSchema(params)) : []),
    ...rowsOf("query", query ? fieldsOf(wireSchema(query)) : []),
    ...rowsOf("body", body ? fieldsOf(wireSchema(body)) : []),
  ];
  const answered = fieldsOf(wireSchema(answer)).map((field) => [named(field), field.type, field.about]);
  return [
    `### \`${titleOf(endpoint)}\``,
    shared
      ? `${summary} Asked ${shared.is ? "once for many" : "each time"}: ${lowered(shared.why)}`
      : summary,
    table(["parameter (\\* required)", "in", "type", "about"], asked),
    answered.length > 0
      ? table(["answer (\\* required)", "type", "about"], answered)
      : "The answer is any from 200 to 299.",
    `**404:** ${lowered(absent)}`,
    fenced("http", `${endpoint.method} ${addressOf(endpoint, example)}`),
    ...(example.body === undefined ? [] : [fenced("json", inJson(example.body))]),
    "answers",
    fenced("json", inJson(example.answer)),
  ];
}

function rowsOf(place: string, fields: readonly Field[]): string[][] {
  return fields.map((field) => [named(field), place, field.type, field.about]);
}

function named({ name, isRequired }: Field): string {
  return isRequired ? `\`${name}\`\\*` : `\`${name}\``;
}

function names(): string {
  const [answered, told, tells] = [namesOn("answered"), namesOn("told"), namesOn("tells")];
  const fields = Object.keys(PERSON_FIELDS) as (keyof typeof PERSON_FIELDS)[];
  const rows = fields.map((field) =>
    [field, answered[field], told[field], tells[field]].map((name) => (name ? `\`${name}\`` : "—")),
  );
  return table(["in the bot", "`GET /user` answers", "`POST /user` is told", "`users/update` tells"], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** As wide as the house writes its documents. */
const WIDTH = 118;

/** A paragraph in lines. @param indent before every line but the first */
function wrapped(paragraph: string, indent = ""): string {
  const lines: string[] = [];
  for (const word of paragraph.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined) lines.push(word);
    else if (last.length + 1 + word.length > WIDTH) lines.push(`${indent}${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.join("\n");
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

function inJson(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

/** A sentence as it goes on after a colon. */
function lowered(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
}
