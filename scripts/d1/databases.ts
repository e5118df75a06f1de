import { spawnSync } from "node:child_process";
import { z } from "zod";
import { Complaint } from "../command.ts";
import { binding, withLocalDatabase } from "../local/database.ts";
import { type Places, root } from "../local/places.ts";
import { wranglerCommand } from "../local/wrangler.ts";
import { type Statement, statementText } from "./statement.ts";

/** Runs one statement and gives its rows. */
export type RunStatement = (statement: Statement) => Promise<readonly unknown[]>;

/** Runs statements on this machine's database. */
export function onLocal(places: Places): RunStatement {
  return (statement) =>
    withLocalDatabase(places, async (db) => {
      const { results } = await db
        .prepare(statement.sql)
        .bind(...statement.values)
        .all();
      return results;
    }).catch((error: unknown) => {
      const isEmpty = error instanceof Error && error.message.includes("no such table");
      throw isEmpty ? new Complaint("The local database has no tables yet: run npm start once.") : error;
    });
}

const Answer = z.tuple([z.object({ results: z.array(z.unknown()) })]);
const Failure = z.object({ error: z.object({ text: z.string() }) });

/** Runs statements on the deployed database, by Wrangler and with its sign-in. */
export const onRemote: RunStatement = async (statement) => {
  const args = [
    "d1",
    "execute",
    binding,
    "--remote",
    "--yes",
    "--json",
    "--command",
    statementText(statement),
  ];
  const run = spawnSync(process.execPath, [wranglerCommand, ...args], {
    cwd: root,
    encoding: "utf8",
    stdio: ["inherit", "pipe", "inherit"],
  });
  const answer = jsonOrNothing(run.stdout);
  const rows = Answer.safeParse(answer);
  if (run.status === 0 && rows.success) return rows.data[0].results;

  const reason = Failure.safeParse(answer).data?.error.text ?? run.stdout.trim();
  throw new Complaint(`The deployed database did not take it: ${reason || "Wrangler's reason is above."}`);
};

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
