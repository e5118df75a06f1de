import { randomInt } from "node:crypto";
import { idForWire } from "../../contract/id.ts";
import type { MapName } from "../../main-system/endpoint.ts";
import { endpoints } from "../../main-system/endpoints/endpoints.ts";
import type { Reads } from "./check-reads.ts";
import { type Finding, notTried } from "./finding.ts";
import type { Prober } from "./prober.ts";

/** What everything is called that the check leaves behind. */
const NAME = "Beseda check";

/**
 * Tries every write of these maps: as a new user, who is made for it, so that nobody's own things change. A rating
 * alone needs a finished request of somebody who is there.
 */
export async function checkWrites(
  { write }: Prober,
  reads: Reads,
  maps: readonly MapName[],
): Promise<readonly Finding[]> {
  const registered = await write(endpoints.registerUser, { body: somebodyNew() });
  const userId = registered.answer ? idForWire(registered.answer.userId) : undefined;
  const findings: Finding[] = [registered];
  if (userId === undefined) return [...findings, ...unregistered(maps)];

  findings.push(await write(endpoints.connectBot, { body: { userId } }));
  findings.push(await write(endpoints.disconnectBot, { body: { userId } }));
  if (maps.includes("family-site")) findings.push(...(await family(write, reads, userId)));
  if (maps.includes("helpdesk")) findings.push(...(await helpdesk(write, reads, userId)));
  return findings;
}

function somebodyNew() {
  // The code 000 is nobody's.
  const phone = `7000${randomInt(1e6, 1e7)}`;
  return { firstname: NAME, lastname: "", middlename: "", role: "user", phone, location: {} };
}

function unregistered(maps: readonly MapName[]): readonly Finding[] {
  return Object.values(endpoints)
    .filter((endpoint) => endpoint.method === "POST" && endpoint.name !== "registerUser")
    .filter((endpoint) => endpoint.maps.some((map) => maps.includes(map)))
    .map((endpoint) => notTried(endpoint, "it needs a user whom POST /user made"));
}

async function family(
  write: Prober["write"],
  { post }: Reads,
  userId: number | string,
): Promise<readonly Finding[]> {
  const { addComment, createSite } = endpoints;
  const comment = { authorId: userId, text: NAME };
  return [
    post
      ? await write(addComment, { params: { postId: post }, body: comment })
      : notTried(addComment, "give --post, the id of a post that is there"),
    await write(createSite, { body: { ownerId: userId, name: NAME, members: [{ name: NAME }] } }),
  ];
}

async function helpdesk(
  write: Prober["write"],
  { request }: Reads,
  userId: number | string,
): Promise<readonly Finding[]> {
  const { addRequest, addMessage, rate } = endpoints;
  const body = { userId, text: NAME };
  const added = await write(addRequest, { body });
  const requestId = added.answer?.requestId;
  return [
    added,
    requestId
      ? await write(addMessage, { params: { requestId }, body })
      : notTried(addMessage, "it needs a request that POST /requests made"),
    request?.status === "finished"
      ? await write(rate, {
          params: { requestId: request.requestId },
          body: { userId: idForWire(request.userId), rating: 5, comment: NAME },
        })
      : notTried(rate, "give --request, the id of one that is finished"),
  ];
}
