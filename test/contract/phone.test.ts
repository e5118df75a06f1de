import { expect, it } from "vitest";
import { internationalE164, toE164 } from "../../contract/phone.ts";

it.each([
  ["79187777777", "+79187777777"],
  ["+7 (918) 777-77-77", "+79187777777"],
  ["8 918 777-77-77", "+79187777777"],
  ["8 (495) 123-45-67", "+74951234567"],
  ["9187777777", "+79187777777"],
  ["447911123456", "+447911123456"],
  ["+1 202-555-0173", "+12025550173"],
  ["", ""],
  ["no number", ""],
])("a phone written as %j is %j", (written, e164) => {
  expect(toE164(written)).toBe(e164);
});

it("a messenger's number is international, also where it looks like a home one", () => {
  expect(internationalE164("84951234567")).toBe("+84951234567");
  expect(internationalE164("+7 918 777-77-77")).toBe("+79187777777");
});
