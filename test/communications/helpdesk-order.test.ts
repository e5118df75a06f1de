import { expect, it } from "vitest";
import { talkingWorld } from "./helpdesk-world.ts";

const HOUR = 60 * 60_000;

it("what is written to an operator reaches them as it was written, though the system was silent at the first", async () => {
  const { world, alice } = await talkingWorld();
  world.system.fails("silent");

  for (const text of ["раз", "два", "три"]) await alice.types(text);
  await world.passes(HOUR);

  expect(world.system.messages.map(({ text }) => text)).toEqual(["раз", "два", "три"]);
});

it("one that is in vain for a day keeps those after it no longer", async () => {
  const { world, alice } = await talkingWorld();
  world.system.fails(...Array.from({ length: 60 }, () => "silent" as const));
  await alice.types("раз");
  await world.passes(20 * HOUR);
  await alice.types("два");

  await world.passes(10 * HOUR);

  expect(world.system.messages.map(({ text }) => text)).toEqual(["два"]);
});
