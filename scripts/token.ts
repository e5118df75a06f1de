import { randomUUID } from "node:crypto";
import { newToken } from "../schema/api-tokens.ts";
import { Complaint, runCommand } from "./command.ts";
import { onLocal, onRemote, type RunStatement } from "./d1/databases.ts";
import { places } from "./local/places.ts";
import { type TokenCommand, type TokenGrant, tokenCommandFrom } from "./tokens/token-command.ts";
import { insertToken, revokeToken, selectTokens, TokenRow, tokenInWords } from "./tokens/token-rows.ts";

async function main(): Promise<void> {
  const now = Date.now();
  const command = tokenCommandFrom(process.argv.slice(2), now);
  console.log(await carryOut(command, command.remote ? onRemote : onLocal(places), now));
}

function carryOut(command: TokenCommand, run: RunStatement, now: number): Promise<string> {
  switch (command.kind) {
    case "create":
      return create(command.grant, run, now);
    case "list":
      return list(run, now);
    case "revoke":
      return revoke(command.id, run, now);
  }
}

async function create(grant: TokenGrant, run: RunStatement, now: number): Promise<string> {
  const { token, hash } = await newToken();
  const id = randomUUID();
  await run(insertToken(id, hash, grant, now));
  return `${token}\n\nThis is the only time that it is shown. To end it: npm run token -- revoke ${id}`;
}

async function list(run: RunStatement, now: number): Promise<string> {
  const rows = (await run(selectTokens)).map((row) => TokenRow.parse(row));
  return rows.length === 0
    ? "There are no tokens yet."
    : rows.map((row) => tokenInWords(row, now)).join("\n");
}

async function revoke(id: string, run: RunStatement, now: number): Promise<string> {
  const [row] = await run(revokeToken(id, now));
  if (!row) throw new Complaint(`There is no live token with the id ${id}; list shows them.`);
  return "The token is revoked.";
}

if (import.meta.main) await runCommand(main);
