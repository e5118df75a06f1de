import { describe, expect, it } from "vitest";
import { buttonData, type OpenRun, route } from "../../dialogs/route.ts";
import type { Prompt } from "../../dialogs/run.ts";

const run = (runId: string, wait: Prompt["wait"], messageIds = [`m-${runId}`]): OpenRun => ({
  runId,
  left: false,
  busy: false,
  prompt: { number: 1, messageIds, wait },
});

const ask = (runId: string) => run(runId, { kind: "ask", to: "taken", options: ["cancel"] });
const choose = (runId: string, reply?: string) =>
  run(runId, { kind: "choose", options: ["yes", "no"], ...(reply ? { reply } : {}) });
const contact = (runId: string) => run(runId, { kind: "contact", to: "phone" });
const text = (said: string, replyTo?: string) => ({
  kind: "text" as const,
  text: said,
  ...(replyTo ? { replyTo } : {}),
});
const tap = (data: string) => ({ kind: "tap" as const, tapId: "t", data });

describe("an act finds its run", () => {
  it("free text by the newest open question, past whatever else is open", () => {
    expect(route(text("hi"), [choose("c"), ask("new"), ask("old")])).toMatchObject({
      runId: "new",
      step: "taken",
    });
  });

  it("a reply by the message replied to, be its run the oldest", () => {
    expect(route(text("hi", "m-old"), [ask("new"), ask("old")])).toMatchObject({ runId: "old" });
  });

  it("a reply to a message with buttons by the step that takes it, if there is one", () => {
    expect(route(text("hi", "m-c"), [choose("c", "publish")])).toMatchObject({ runId: "c", step: "publish" });
    expect(route(text("hi", "m-c"), [choose("c")])).toMatchObject({ kind: "unmatched" });
  });

  it("a reply to something else by no question that stands elsewhere: only by one whose message may be lost", () => {
    const lost = run("lost", { kind: "ask", to: "taken", options: [] }, []);

    expect(route(text("hi", "elsewhere"), [ask("new")])).toMatchObject({ kind: "unmatched" });
    expect(route(text("hi", "elsewhere"), [ask("new"), lost])).toMatchObject({ runId: "lost" });
  });

  it("free text by no question that the person has left, but a reply by it all the same", () => {
    const left = { ...ask("left"), left: true };

    expect(route(text("hi"), [left])).toMatchObject({ kind: "unmatched" });
    expect(route(text("hi"), [left, ask("old")])).toMatchObject({ runId: "old" });
    expect(route(text("hi", "m-left"), [left])).toMatchObject({ runId: "left" });
  });

  it("no run that is still busy with the answer before: that is told", () => {
    const busy = { ...ask("busy"), busy: true };

    expect(route(text("hi", "m-busy"), [busy])).toEqual({ kind: "busy" });
    expect(route(tap("busy:1:cancel"), [busy])).toEqual({ kind: "busy" });
    expect(route(text("hi"), [busy])).toMatchObject({ kind: "unmatched" });
  });

  it("a button of a question by its data", () => {
    expect(route(tap("a:1:cancel"), [ask("a")])).toMatchObject({ runId: "a", step: "cancel" });
  });

  it("a button by its data", () => {
    const data = buttonData({ runId: "c", number: 1, step: "no" });

    expect(route(tap(data), [ask("a"), choose("c")])).toEqual({
      kind: "move",
      runId: "c",
      step: "no",
      input: { kind: "none" },
    });
  });

  it.each(["c:2:no", "c:1:elsewhere", "gone:1:no", "", "::", "c:1:constructor", "a:1:taken"])(
    "no run for the stale button %j",
    (data) => {
      expect(route(tap(data), [ask("a"), choose("c")])).toEqual({ kind: "stale" });
    },
  );

  it("a command, typed or tapped, by its name", () => {
    const menu = { kind: "command", name: "menu", argument: "" } as const;
    expect(route(menu, [ask("a")])).toEqual(menu);
    expect(route(tap("/help"), [ask("a")])).toEqual({ kind: "command", name: "help", argument: "" });
  });

  it("a command with what was written after it", () => {
    const start = { kind: "command", name: "start", argument: "abc" } as const;

    expect(route(start, [ask("a")])).toEqual(start);
  });

  it("a phone number by the newest run that asks for one", () => {
    const act = { kind: "contact" as const, phone: "+79180000001", own: true };

    expect(route(act, [ask("a"), contact("p")])).toMatchObject({ runId: "p", step: "phone" });
    expect(route(act, [ask("a")])).toMatchObject({ kind: "unmatched" });
  });

  it("nothing else", () => {
    expect(route(text("hi"), [choose("c")])).toMatchObject({ kind: "unmatched" });
    expect(route({ kind: "other" }, [])).toMatchObject({ kind: "unmatched" });
  });
});
