import { expect, it } from "vitest";
import { MAPS } from "../../../main-system/endpoint.ts";
import { checkSystem } from "../../../scripts/main-system/check.ts";
import { checkCommandFrom } from "../../../scripts/main-system/check-command.ts";
import { startWorld } from "../../examples/family-site/world.ts";

it("the family site of the local world offers all that a bot can ask for", async () => {
  const { site } = await startWorld();
  const maps = MAPS.flatMap((map) => ["--map", map]);
  const command = checkCommandFrom([`${site.url}/api`, "--writes", ...maps], {});

  const { text, isGood } = await checkSystem(command, () => performance.now());

  expect(isGood, text).toBe(true);
  expect(text).not.toContain("not tried");
});
