import type { Settings } from "./settings.ts";

/** What the terminal shows once everything is up. */
export function greeting({ urls, botApi }: Settings, seconds: number): string {
  const phones = botApi === urls.emulator ? `${urls.emulator}/` : `none: the Worker speaks to ${botApi}`;
  return `
Beseda is ready (${seconds.toFixed(1)} s). Ctrl-C stops it.

  Worker        ${urls.worker}/
  API docs      ${urls.worker}/api/docs
  Phones        ${phones}
  Family site   ${urls.site}/
  API token     dev-token (this machine only, bot 1)

A first call tells two people of a new post:

curl -s ${urls.worker}/api/v1/bots/1/call/post/new \\
  -H 'Authorization: Bearer dev-token' -H 'Content-Type: application/json' \\
  -d '{"script_request_params":{"postId":1,"authorId":3,"userIds":[127,1707]}}'

Logs are in .dev/logs; npm run reset forgets everything.
`;
}
