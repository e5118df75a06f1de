import { describe, expect, it } from "vitest";
import { Complaint } from "../../../scripts/command.ts";
import { settingsFrom } from "../../../scripts/local/settings.ts";

describe("settingsFrom", () => {
  it("has a default for everything", () => {
    expect(settingsFrom({}).urls).toEqual({
      worker: "http://127.0.0.1:8787",
      emulator: "http://127.0.0.1:8081",
      site: "http://127.0.0.1:8788",
    });
    expect(settingsFrom({}).botApi).toBe("http://127.0.0.1:8081");
  });

  it("follows the variables, and TELEGRAM_API_ROOT before the emulator", () => {
    const settings = settingsFrom({
      PORT: "1",
      EMULATOR_PORT: "2",
      SITE_PORT: "3",
      TELEGRAM_API_ROOT: "http://a/",
    });

    expect(settings.ports).toEqual({ worker: 1, emulator: 2, site: 3 });
    expect(settings.botApi).toBe("http://a");
  });

  it.each(["abc", "0", "65536", "80.5", "-1"])("refuses %s as a port by the variable's name", (port) => {
    expect(() => settingsFrom({ SITE_PORT: port })).toThrow(
      new Complaint(`SITE_PORT=${port} is not a port: give a number from 1 to 65535.`),
    );
  });

  it("refuses one port for two servers", () => {
    expect(() => settingsFrom({ PORT: "9000", SITE_PORT: "9000" })).toThrow(
      "PORT and SITE_PORT are both 9000",
    );
  });
});
