import { describe, expect, it } from "vitest";
import { pageUrl } from "../../dialogs/page-url.ts";

describe("the address of a page", () => {
  it("is the site's own where no page is named, as the site is written", () => {
    expect(pageUrl("https://site.test", "")).toBe("https://site.test");
    expect(pageUrl("https://site.test/", "")).toBe("https://site.test/");
  });

  it("has one slash before the page, however the site is written, also under a path", () => {
    for (const site of ["https://site.test", "https://site.test/"])
      expect(pageUrl(site, "profile")).toBe("https://site.test/profile");
    expect(pageUrl("https://site.test/family/", "app")).toBe("https://site.test/family/app");
  });

  it("carries what is asked, beside what the site's own address asks already", () => {
    expect(pageUrl("https://site.test", "form", { token: "a b" })).toBe("https://site.test/form?token=a+b");
    expect(pageUrl("https://site.test?lang=ru", "", { buid: "x" })).toBe("https://site.test?lang=ru&buid=x");
  });
});
