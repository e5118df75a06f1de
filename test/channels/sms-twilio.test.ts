import { describe, expect, it } from "vitest";
import { CREDENTIALS, gatewayThat, json, text } from "./sms-server.ts";

const PHONE = "+79187777777";
const TEXT = "Код: 123456 & «ещё»";
const ACCOUNT = CREDENTIALS.twilio.accountSid ?? "";
const TAKEN = json(201, { sid: "SM0", status: "queued", error_code: null });

/** Twilio's "no", as https://www.twilio.com/docs/usage/twilios-response shows it. */
const no = (status: number, code: number) =>
  json(status, { code, message: `'To' number ${PHONE}`, more_info: `https://…/${code}`, status });

describe("Twilio", () => {
  it("is asked with a form and the account's token", async () => {
    const { gateway, seen } = await gatewayThat("twilio", TAKEN);

    await gateway.send(PHONE, TEXT);

    expect(seen).toEqual([
      {
        line: `POST /2010-04-01/Accounts/${ACCOUNT}/Messages.json`,
        address: `https://api.twilio.com/2010-04-01/Accounts/${ACCOUNT}/Messages.json`,
        type: "application/x-www-form-urlencoded;charset=UTF-8",
        authorization: `Basic ${btoa(`${ACCOUNT}:${"b2".repeat(16)}`)}`,
        body:
          "To=%2B79187777777&From=%2B15005550006" +
          "&Body=%D0%9A%D0%BE%D0%B4%3A+123456+%26+%C2%AB%D0%B5%D1%89%D1%91%C2%BB",
      },
    ]);
  });

  it("is asked with an API key and a messaging service, where the bot has those", async () => {
    const apiKeySid = `SK${"c3".repeat(16)}`;
    const { gateway, seen } = await gatewayThat("twilio", TAKEN, {
      accountSid: ACCOUNT,
      apiKeySid,
      apiKeySecret: "d4".repeat(16),
      messagingServiceSid: `MG${"e5".repeat(16)}`,
    });

    await gateway.send(PHONE, "Hi");

    expect(seen[0]?.authorization).toBe(`Basic ${btoa(`${apiKeySid}:${"d4".repeat(16)}`)}`);
    expect(seen[0]?.body).toBe(`To=%2B79187777777&MessagingServiceSid=MG${"e5".repeat(16)}&Body=Hi`);
  });

  it.each([
    ["a token that is not good", 401, 20003, "credentials-wrong, code 20003"],
    ["an account without money", 403, 20005, "balance-empty, code 20005"],
    ["an account that is not there", 404, 20404, "address-wrong, HTTP 404"],
    ["too many requests", 429, 20429, "busy, HTTP 429"],
    ["a full queue of the sender", 400, 21611, "busy, code 21611"],
    ["a sender that is not the account's", 400, 21660, "sender-wrong, code 21660"],
    ["the account's limit of a day", 400, 63038, "limit-reached, code 63038"],
    ["an unknown code to who asks", 401, 70051, "credentials-wrong, HTTP 401"],
    ["a fault of its own", 500, 20500, "out-of-order, HTTP 500"],
    ["maintenance", 400, 21730, "out-of-order, code 21730"],
  ])("may do later after %s", async (_what, status, code, words) => {
    const { gateway } = await gatewayThat("twilio", no(status, code));

    const error = await gateway.send(PHONE, TEXT).catch((thrown) => thrown);

    expect(error).toMatchObject({ code: "sms-down", message: `twilio: ${words}` });
  });

  it.each([
    ["a phone that is none", 400, 21211, "code 21211"],
    ["a person who wants none", 400, 21610, "code 21610"],
    ["a phone that takes none", 400, 21614, "code 21614"],
    ["a country that is closed", 403, 21408, "code 21408"],
    ["an unknown code", 400, 29999, "code 29999"],
    ["a code that could be a phone", 400, 79187777777, "HTTP 400"],
  ])("never brings it after a no to %s", async (_what, status, code, words) => {
    const { gateway } = await gatewayThat("twilio", no(status, code));

    const error = await gateway.send(PHONE, TEXT).catch((thrown) => thrown);

    expect(error).toMatchObject({ code: "sms-refused", message: `twilio: refused, ${words}` });
  });

  it("has taken it where it says so, whatever comes of the rest of its answer", async () => {
    const { gateway, seen } = await gatewayThat("twilio", text(201, '{"sid":"SM'));

    await gateway.send(PHONE, TEXT);

    expect(seen).toHaveLength(1);
  });

  it("leaves it uncertain where a good answer is another one than it gives", async () => {
    const { gateway } = await gatewayThat("twilio", json(200, { code: 21211 }));

    const error = await gateway.send(PHONE, TEXT).catch((thrown) => thrown);

    expect(error).toMatchObject({ code: "sms-uncertain", message: "twilio: unreadable, HTTP 200" });
  });
});
