import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { smsGatewayOf } from "../../channels/sms/gateways.ts";
import { errorFacts, type HouseError } from "../../contract/errors.ts";
import { CREDENTIALS, gatewayThat, json, KINDS, type Seen, text } from "./sms-server.ts";

const PHONE = "+79187777777";
const failureOf = (sending: Promise<void>): Promise<Error | null> =>
  sending.then(() => null).catch((thrown) => thrown);

describe.each(KINDS)("%s", (kind) => {
  it.each([
    ["a server's error", text(500, "oops"), "sms-down", "out-of-order, HTTP 500"],
    ["a proxy's error page", text(503, "<html>"), "sms-down", "out-of-order, HTTP 503"],
    ["a refused connection behind the edge", text(521, ""), "sms-down", "out-of-order, HTTP 521"],
    ["being asked to slow down", text(429, "slow"), "sms-down", "busy, HTTP 429"],
    ["a closed door", text(403, "<html>"), "sms-down", "credentials-wrong, HTTP 403"],
    ["a bill to pay", text(402, ""), "sms-down", "balance-empty, HTTP 402"],
    ["a plain no", text(400, "no"), "sms-refused", "refused, HTTP 400"],
    ["a silence behind a proxy", text(504, ""), "sms-uncertain", "silent, HTTP 504"],
    ["a silence behind the edge", text(524, ""), "sms-uncertain", "silent, HTTP 524"],
  ])("says what %s means", async (_what, answer, code, words) => {
    const { gateway, seen } = await gatewayThat(kind, answer);

    const error = await failureOf(gateway.send(PHONE, "Hi"));

    expect(error).toMatchObject({ code, message: `${kind}: ${words}` });
    expect(seen).toHaveLength(1);
  });

  it("follows no redirect", async () => {
    const { gateway, seen } = await gatewayThat(kind, text(307, "", { location: "/elsewhere" }));

    const error = await failureOf(gateway.send(PHONE, "Hi"));

    expect(error).toMatchObject({ code: "sms-down", message: `${kind}: moved, HTTP 307` });
    expect(seen).toHaveLength(1);
  });

  it("leaves it uncertain where the connection breaks without an answer", async () => {
    const { gateway, seen } = await gatewayThat(kind, (response) => response.destroy());

    const error = await failureOf(gateway.send(PHONE, "Hi"));

    expect(error).toMatchObject({ code: "sms-uncertain", message: `${kind}: silent` });
    expect(seen).toHaveLength(1);
  });

  it("leaves it uncertain where nobody is there: a Worker can't tell that from a silence", async () => {
    const { gateway, close } = await gatewayThat(kind, text(200, ""));
    await close();

    const error = await failureOf(gateway.send(PHONE, "Hi"));

    expect(error).toMatchObject({ code: "sms-uncertain", message: `${kind}: silent` });
  });

  it("waits ten seconds for an answer, and no longer", async () => {
    const { gateway, seen } = await gatewayThat(kind, () => {});
    const { timeout, over } = ownTime();

    const sending = failureOf(gateway.send(PHONE, "Hi"));
    await expect.poll(() => seen).toHaveLength(1);
    over();

    expect(await sending).toMatchObject({ code: "sms-uncertain", message: `${kind}: silent` });
    expect(timeout).toHaveBeenCalledExactlyOnceWith(10_000);
  });

  it("waits no longer for the rest of an answer either", async () => {
    const { gateway, seen } = await gatewayThat(kind, (response) => {
      response.writeHead(400);
      response.write('{"code":');
    });
    const { over } = ownTime();

    const sending = failureOf(gateway.send(PHONE, "Hi"));
    await expect.poll(() => seen).toHaveLength(1);
    over();

    expect(await sending).toMatchObject({ code: "sms-refused", message: `${kind}: refused, HTTP 400` });
  });

  it.each([["79187777777"], ["+"], ["+0187777777"], ["+791877"], [`+${"1".repeat(16)}`], ["+7918777777x"]])(
    "asks nobody where the phone is %s",
    async (phone) => {
      const { gateway, seen } = await gatewayThat(kind, text(200, ""));

      const error = await failureOf(gateway.send(phone, "Hi"));

      expect(error).toMatchObject({ code: "sms-refused", message: `${kind}: not-a-phone` });
      expect(seen).toEqual([]);
    },
  );

  it("asks nobody where the text is longer than 500 characters", async () => {
    const { gateway, seen } = await gatewayThat(kind, text(500, ""));

    const long = await failureOf(gateway.send(PHONE, "ы".repeat(501)));
    await failureOf(gateway.send(PHONE, "ы".repeat(500)));

    expect(long).toMatchObject({ code: "sms-refused", message: `${kind}: text-too-long` });
    expect(seen).toHaveLength(1);
  });

  it("says nothing of the phone, the text or a secret, whatever the gateway answers", async () => {
    let answer = { status: 200, code: 0 as unknown };
    const { gateway } = await gatewayThat(kind, (response, seen) => {
      json(answer.status, echoOf(seen, answer.code))(response, seen);
    });
    const statuses = fc.constantFrom(200, 201, 302, 400, 401, 403, 404, 429, 500, 504);
    const pins = fc.integer({ min: 100_000, max: 999_999 }).map(String);
    const phones = fc.integer({ min: 10_000_000_000, max: 99_999_999_999 });
    const codes = fc.constantFrom<unknown>(100, 201, 202, 21211, 20003, "phone", "pin", "text", null);
    let failed = 0;

    await fc.assert(
      fc.asyncProperty(phones, pins, fc.string(), statuses, codes, async (phone, pin, more, status, code) => {
        const said = `${pin} ${more}`;
        const told: Readonly<Record<string, unknown>> = { phone, pin: Number(pin), text: said };
        answer = { status, code: typeof code === "string" ? told[code] : code };
        const error = await failureOf(gateway.send(`+${phone}`, said));
        if (error === null) return;
        failed += 1;
        expectNothingOf([String(phone), pin, ...Object.values(CREDENTIALS[kind])], error);
      }),
      { numRuns: 200 },
    );

    expect(failed).toBeGreaterThan(50);
  });
});

describe("credentials", () => {
  const open = (kind: "sms.ru" | "twilio", credentials: string) => () =>
    smsGatewayOf(kind, { credentials, telegramApiRoot: "http://bot-api.test" });
  const { accountSid, authToken, from } = CREDENTIALS.twilio;
  const thrownBy = (opening: () => unknown) => {
    try {
      return opening();
    } catch (error) {
      const { code, message, cause } = error as HouseError;
      return { code, message, cause };
    }
  };

  it.each([
    ["sms.ru", "no JSON", "0A0A0A0A-secret"],
    ["sms.ru", "nothing", ""],
    ["sms.ru", "no api_id", "{}"],
    ["sms.ru", "an api_id that is none", '{"apiId":"a b"}'],
    ["sms.ru", "a field too many", '{"apiId":"0A0A0A0A-secret","form":"Shop"}'],
    ["twilio", "no account", JSON.stringify({ authToken, from })],
    ["twilio", "nothing to open it with", JSON.stringify({ accountSid, from })],
    ["twilio", "no sender", JSON.stringify({ accountSid, authToken })],
    [
      "twilio",
      "a key without its secret",
      JSON.stringify({ accountSid, apiKeySid: `SK${"0".repeat(32)}`, from }),
    ],
    [
      "twilio",
      "a secret without its key",
      JSON.stringify({ accountSid, authToken, from, apiKeySecret: authToken }),
    ],
    [
      "twilio",
      "two senders",
      JSON.stringify({ accountSid, authToken, from, messagingServiceSid: `MG${"0".repeat(32)}` }),
    ],
  ] as const)("%s is not opened with %s, and none of it is said", (kind, _what, credentials) => {
    expect(thrownBy(open(kind, credentials))).toEqual({
      code: "broken-data",
      message: "The credentials of an SMS gateway have not its shape",
      cause: undefined,
    });
  });

  it("of any kind are never said, nor what is wrong with them", () => {
    fc.assert(
      fc.property(fc.constantFrom("sms.ru", "twilio"), fc.string(), (kind, credentials) => {
        expect(open(kind, credentials)).toThrow(/^The credentials of an SMS gateway have not its shape$/);
      }),
    );
  });
});

/** An answer that repeats all it was told, in every place that a gateway has for words. */
function echoOf({ line, authorization, body }: Seen, code: unknown): unknown {
  const open = [...new URLSearchParams(body).values()].join(" ");
  const words = `${line} ${authorization} ${body} ${open}`;
  const one = { status: "ERROR", status_code: code, status_text: words };
  return { ...one, code, message: words, error: words, sms: { [words]: one } };
}

function expectNothingOf(secrets: readonly string[], error: Error): void {
  const said = inspect([errorFacts(error), error.message, { ...error }, error.cause], { depth: 5 });
  for (const secret of secrets) expect(said).not.toContain(secret);
}

/** Puts the test in charge of when the adapter's time is over. */
function ownTime() {
  const clock = new AbortController();
  const timeout = vi.spyOn(AbortSignal, "timeout").mockReturnValue(clock.signal);
  return { timeout, over: () => clock.abort(new DOMException("time is over", "TimeoutError")) };
}
