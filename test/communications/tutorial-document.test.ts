import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { maps } from "../../communications/registry.ts";
import { helloWorld } from "../../docs/tutorial/hello-world.ts";
import { parcelArrived } from "../../docs/tutorial/parcel-arrived.ts";
import { parcelCollected } from "../../docs/tutorial/parcel-collected.ts";
import { root } from "../../scripts/local/places.ts";
import { bareBot } from "../kit/bot.ts";
import { World } from "../kit/world.ts";
import { user } from "./family-world.ts";

/** Where the reader of the tutorial puts what lies here in `docs/tutorial`. */
const SHOP = "communications/shop";

const read = (path: string) => readFileSync(join(root, path), "utf8");

/** The code of a language that a document prints, in its order. */
function printed(document: string, language: string): readonly string[] {
  const blocks = read(document).matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, "gms"));
  return [...blocks].map(([, code = ""]) => code);
}

/** Code without its empty lines, which a document that prints it in parts has elsewhere. */
const lines = (code: string) => code.split("\n").filter((line) => line.trim() !== "");

/** The parameters of every call to `alias` that a document makes with curl. */
function calls(document: string, alias: string): readonly unknown[] {
  return printed(document, "sh")
    .join("\n")
    .split(/(?=\bcurl )/)
    .filter((command) => command.includes(`/call/${alias} `))
    .map((command) => JSON.parse(/-d '(.*?)'/s.exec(command)?.[1] ?? "").script_request_params);
}

describe("the tutorial of docs/bot-developer.md", () => {
  it("prints the code that is tested, all of it, and nothing else", () => {
    const files = ["words", "reminder", "arrived", "collected"].map(
      (name) => `docs/tutorial/parcel-${name}.ts`,
    );
    const kept = [...files, "test/communications/tutorial.test.ts"].map(read).join("\n");

    expect(lines(printed("docs/bot-developer.md", "ts").join("\n"))).toEqual(
      lines(kept.replaceAll("docs/tutorial", SHOP)),
    );
  });

  it("fills a gap that the shop's map shows, or has shown until somebody did what is written there", () => {
    const events = maps.shop.rows.map((row) => ("gap" in row ? row.event : row.map.event));
    const changes = lines(printed("docs/bot-developer.md", "diff").join("\n"));
    const registry = lines(read("communications/registry.ts"));
    const isThere = (sign: "-" | "+") =>
      changes.filter((line) => line.startsWith(sign)).every((line) => registry.includes(line.slice(1)));

    expect(events).toContain(parcelArrived.map.event);
    expect([isThere("-"), isThere("+")]).toContain(true);
  });

  it("makes calls that its communication takes, and has examples that do", () => {
    const [made, ...others] = calls("docs/bot-developer.md", "parcel/arrived");

    expect(others).toEqual([]);
    expect(made).toEqual(parcelArrived.example);
    for (const { params, example } of [parcelArrived, parcelCollected])
      expect(params.safeParse(example)).toMatchObject({ success: true });
  });
});

describe("the example of the README", () => {
  it("is the code that is tested, and is named in the registry as that is", () => {
    const [example, registry = ""] = printed("README.md", "ts");

    expect(example).toBe(read("docs/tutorial/hello-world.ts"));
    expect(registry).toContain(", helloWorld]");
    const before = registry.replace(", helloWorld", "");
    expect([before, registry].some((part) => read("communications/registry.ts").includes(part))).toBe(true);
  });

  it("greets in the language of each, with the call that is printed", async () => {
    const world = new World(bareBot({ ...maps.account, communications: [helloWorld] }));
    world.system.users.push(user("127", "Алиса", "+79180000001"), user("1707", "Боб", "+79180000002"));
    const alice = world.person({ phone: "+79180000001" });
    const bob = world.person({ language: "en", phone: "+79180000002" });
    await alice.signsIn();
    await bob.signsIn();

    for (const params of calls("README.md", "hello/world")) await world.call("hello/world", params);

    expect([alice.last.text, bob.last.text]).toEqual(["Привет!", "Hello!"]);
  });
});
