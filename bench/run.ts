import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { startSite } from "../examples/family-site/server.ts";
import { placesIn } from "../scripts/local/places.ts";
import { wranglerEnv } from "../scripts/local/wrangler.ts";
import { type AnswerTimes, measureAnswers } from "./answers.ts";
import { type Beseda, startBareBot, startBeseda } from "./beseda.ts";
import { type BroadcastResults, measureBroadcasts } from "./broadcasts.ts";
import { type Build, buildBareBot, buildBeseda } from "./builds.ts";
import { type Counts, countCosts } from "./counts.ts";
import { insertLeads } from "./leads.ts";
import { report, writeReport } from "./report.ts";
import { Telegram } from "./telegram.ts";

/** The person who chats; nobody else in the bench has this id. */
const PERSON = 500_001;

async function main(folder: string): Promise<void> {
  Object.assign(process.env, wranglerEnv(placesIn(folder)), { WRANGLER_LOG: "error" });
  const [load = 0] = loadavg();
  tell("Building as for an upload …");
  const [beseda, counting, bare] = await Promise.all([
    buildBeseda(folder, "beseda"),
    buildBeseda(folder, "beseda-counting", "bench/counting/worker.ts"),
    buildBareBot(folder),
  ]);
  const bundles = { beseda: beseda.gzipKiB, bare: bare.gzipKiB };
  const counts = await withBeseda(counting, (telegram, world) => {
    tell("Counting what a message costs …");
    return countCosts(telegram, world);
  });
  const speed = await withBeseda(beseda, (telegram, world) => measureSpeed(telegram, world, bare));
  const text = report({ ...speed, counts, bundles, load, seconds: performance.now() / 1000 });
  console.log(`\n${text}\n`);
  writeReport(text);
  refuseQueries(counts);
}

/** The law of the house: a known lead's message costs no D1 query on its way to the answer. */
function refuseQueries({ queriesBeforeAnswer }: Counts): void {
  for (const [message, queries] of Object.entries(queriesBeforeAnswer)) {
    if (queries === 0) continue;
    process.exitCode = 1;
    console.error(
      `The law is broken: a known lead's message cost ${queries} D1 queries before its answer, not 0 (${message}).`,
    );
  }
}

async function measureSpeed(
  telegram: Telegram,
  beseda: Beseda,
  build: Build,
): Promise<{ answers: AnswerTimes; broadcasts: BroadcastResults }> {
  const bare = await startBareBot(build, telegram);
  try {
    const [person] = telegram.people([PERSON]);
    if (!person) throw new Error("One person was asked for");
    await insertLeads(beseda.db, [person.id]);
    tell("Message → answer, both bots by turns …");
    const answers = await measureAnswers({ telegram, beseda, bare }, person);
    tell("Calls to 1,000 and to 100 people …");
    return { answers, broadcasts: await measureBroadcasts(telegram, beseda, bare) };
  } finally {
    await bare.close();
  }
}

/** Beseda with a Telegram and a main system of its own, for as long as `work` takes. */
async function withBeseda<T>(
  build: Build,
  work: (telegram: Telegram, beseda: Beseda) => Promise<T>,
): Promise<T> {
  const telegram = await Telegram.start();
  // Nobody acts on its pages here, so it has nothing to tell its bot.
  const site = await startSite({ port: 0, bot: { apiUrl: "http://127.0.0.1:9", token: "none" } });
  try {
    const beseda = await startBeseda(build, telegram, site.url);
    return await work(telegram, beseda).finally(() => beseda.close());
  } finally {
    await Promise.all([telegram.close(), site.close()]);
  }
}

function tell(line: string): void {
  console.error(`${(performance.now() / 1000).toFixed(1).padStart(6)} s  ${line}`);
}

const folder = mkdtempSync(join(tmpdir(), "beseda-bench-"));
try {
  await main(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
