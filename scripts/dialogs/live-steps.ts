import { z } from "zod";
import { LiveStep } from "../../contract/live-step.ts";
import type { Dialogs } from "../../dialogs/dialogs.ts";
import { Complaint } from "../command.ts";
import type { CheckCommand } from "./check-command.ts";

const Counted = LiveStep.extend({ runs: z.number() });

/** A step, and how many open runs would go on at it. */
export type CountedStep = z.infer<typeof Counted>;

const Page = z.object({
  success: z.literal(true),
  steps: z.array(Counted),
  nextAfter: z.number().nullable(),
});

/** Pages asked for: a hundred million leads. A bot that never ends its list must not keep this going. */
const MOST_PAGES = 1_000_000;

/** Where the open dialogs of a running bot stand. @throws Complaint where it can't be asked */
export async function liveSteps({
  api,
  token,
}: Omit<CheckCommand, "botId">): Promise<readonly CountedStep[]> {
  const counts = new Map<string, CountedStep>();
  let after: number | null = 0;
  for (let pages = 0; after !== null && pages < MOST_PAGES; pages += 1) {
    const page: z.infer<typeof Page> = await pageAfter(after, api, token);
    for (const { alias, step, runs } of page.steps) {
      const name = `${alias} ${step}`;
      counts.set(name, { alias, step, runs: runs + (counts.get(name)?.runs ?? 0) });
    }
    after = page.nextAfter;
  }
  return [...counts.values()];
}

/** The steps that this code does not have, those with the most runs first. */
export function missingSteps(live: readonly CountedStep[], dialogs: Dialogs): readonly CountedStep[] {
  const isMissing = ({ alias, step }: CountedStep) => !dialogs.find(alias)?.steps.has(step);
  return live.filter(isMissing).toSorted((one, other) => other.runs - one.runs);
}

/** What was found, for whoever is about to deploy. */
export function inWords(missing: readonly CountedStep[], live: readonly CountedStep[]): string {
  const open = live.reduce((sum, { runs }) => sum + runs, 0);
  if (missing.length === 0) return `Every open dialog has its step in this code (${open} places looked at).`;
  const lines = missing.map(({ alias, step, runs }) => `  ${alias}: step "${step}" — ${runs}`);
  return [
    "Open dialogs stand at steps that this code does not have. They would end with a polite word and the menu:",
    ...lines,
    "Keep those steps until nobody stands there, or deploy all the same.",
  ].join("\n");
}

async function pageAfter(after: number, api: string, token: string): Promise<z.infer<typeof Page>> {
  const answer = await fetch(`${api}/runs?after=${after}`, {
    headers: { authorization: `Bearer ${token}` },
  }).catch(() => {
    throw new Complaint(`Nobody answers at ${api}: for the local bot, run npm start first.`);
  });
  if (answer.status === 401 || answer.status === 403)
    throw new Complaint("The token is not good for this: it must be one of that bot, for every alias.");
  const page = Page.safeParse(await answer.json().catch(() => null));
  if (!page.success) throw new Complaint(`The bot answered ${answer.status}, and not what was asked for.`);
  return page.data;
}
