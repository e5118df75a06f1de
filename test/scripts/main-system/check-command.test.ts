import { describe, expect, it } from "vitest";
import { checkCommandFrom } from "../../../scripts/main-system/check-command.ts";

const SHOP = "https://shop.test/api";
const known = [SHOP, "--user", "u-1"];

describe("checkCommandFrom", () => {
  it("takes the token and the ids of the local world for an address of this machine alone", () => {
    for (const here of ["http://127.0.0.1:8788/api", "http://localhost:8788/api/", "http://[::1]:8788/api"]) {
      expect(checkCommandFrom([here], {})).toMatchObject({
        token: "dev-site-token",
        url: expect.stringMatching(/\/api$/),
        ids: { user: "127", post: "3", order: "504" },
        writes: false,
      });
    }
    expect(() => checkCommandFrom([SHOP], {})).toThrow(/token: give --token.*\n.*user: give the id/);
    expect(() => checkCommandFrom(["http://127.0.0.1.shop.test/api"], {})).toThrow("token: give --token");
  });

  it("takes the token from the command line, or else from the environment", () => {
    const env = { MAIN_SYSTEM_TOKEN: "from-environment" };

    expect(checkCommandFrom(known, env)).toMatchObject({ token: "from-environment", ids: { user: "u-1" } });
    expect(checkCommandFrom([...known, "--token", "given"], env)).toMatchObject({ token: "given" });
    expect(checkCommandFrom(["http://localhost/api"], env)).toMatchObject({ token: "from-environment" });
  });

  it("asks for the account of every system, and for the maps that are named", () => {
    const env = { MAIN_SYSTEM_TOKEN: "secret" };

    expect(checkCommandFrom(known, env)).toMatchObject({
      tried: ["account", "family-site", "shop", "helpdesk"],
      required: ["account"],
    });
    expect(checkCommandFrom([...known, "--map", "shop", "--map", "helpdesk"], env)).toMatchObject({
      tried: ["account", "shop", "helpdesk"],
      required: ["account", "shop", "helpdesk"],
    });
  });

  it.each([
    [[], "url: give the root of the system's API"],
    [["shop.test"], "url: give the root of the system's API"],
    [["file:///api"], "url: give the root of the system's API"],
    [[SHOP, SHOP], "Too many words"],
    [[...known, "--map", "garden"], "map.0: is none of account, family-site, shop, helpdesk"],
    [[...known, "--force"], "Unknown option"],
  ])("complains about %j, with the usage and without the token", (args, complaint) => {
    let said = "";
    try {
      checkCommandFrom(args, { MAIN_SYSTEM_TOKEN: "secret" });
    } catch (error) {
      said = String(error);
    }

    expect(said).toContain(complaint);
    expect(said).toContain("Usage: npm run main-system:check");
    expect(said).not.toContain("secret");
  });
});
