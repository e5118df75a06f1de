import { MAPS, type MapName } from "../../main-system/endpoint.ts";
import { type Finding, isFault } from "./finding.ts";
import { MAP_TITLES } from "./words.ts";

/** What the check found, for a person at a terminal, and whether all that must be there is. */
export interface Report {
  readonly text: string;
  readonly isGood: boolean;
}

/** Puts findings into words. @param required the maps whose endpoints must be there */
export function reportOf(findings: readonly Finding[], required: readonly MapName[]): Report {
  const isRequired = ({ maps }: Finding) => maps.some((map) => required.includes(map));
  const faults = findings.filter(isFault);
  const grave = faults.filter(isRequired);
  const sections = MAPS.flatMap((map) => {
    const own = findings.filter(({ maps }) => maps[0] === map);
    const title = `${MAP_TITLES[map]}${required.includes(map) ? "" : " (not required)"}`;
    return own.length > 0 ? [[title, ...own.map(line)].join("\n")] : [];
  });
  const text = [...sections, conclusion(grave.length, faults.length - grave.length)].join("\n\n");
  return { text, isGood: grave.length === 0 };
}

/** As long as the longest verdict. */
const VERDICT_CHARS = "unauthorised".length;

function line({ verdict, title, about, ms }: Finding): string {
  const time = ms === null ? "" : ` (${Math.round(ms)} ms)`;
  return `  ${verdict.padEnd(VERDICT_CHARS)}  ${title}${time}${about && `\n  ${" ".repeat(VERDICT_CHARS)}  → ${about}`}`;
}

function conclusion(grave: number, others: number): string {
  const main =
    grave === 0
      ? "All that was tried of what must be there is as it should be."
      : `Of what must be there, ${counted(grave)} missing or wrong.`;
  return others === 0 ? main : `${main} Of what need not be there, ${counted(others)} missing or wrong.`;
}

function counted(faults: number): string {
  return faults === 1 ? "1 thing is" : `${faults} things are`;
}
