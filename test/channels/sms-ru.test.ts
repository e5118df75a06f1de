import { describe, expect, it } from "vitest";
import { CREDENTIALS, gatewayThat, json, text } from "./sms-server.ts";

const PHONE = "+79187777777";
const TEXT = "Код: 123456 & «ещё»";

/** SMS.ru's answer to one phone, as https://sms.ru/api/send shows it. */
const oneSms = (status: string, status_code: number) => ({
  status: "OK",
  status_code: 100,
  sms: { "79187777777": { status, status_code, sms_id: "000000-10000000" } },
  balance: 4122.56,
});

describe("SMS.ru", () => {
  it("is asked with a form in which nothing of the text is lost", async () => {
    const { gateway, seen } = await gatewayThat("sms.ru", json(200, oneSms("OK", 100)));

    await gateway.send(PHONE, TEXT);

    expect(seen).toEqual([
      {
        line: "POST /sms/send",
        address: "https://sms.ru/sms/send",
        type: "application/x-www-form-urlencoded;charset=UTF-8",
        authorization: undefined,
        body:
          "api_id=0A0A0A0A-1B1B-2C2C-3D3D-4E4E4E4E4E4E&to=79187777777" +
          "&msg=%D0%9A%D0%BE%D0%B4%3A+123456+%26+%C2%AB%D0%B5%D1%89%D1%91%C2%BB&json=1",
      },
    ]);
  });

  it("is told whose name the text comes under, where the bot has one", async () => {
    const { gateway, seen } = await gatewayThat("sms.ru", json(200, oneSms("OK", 100)), {
      ...CREDENTIALS["sms.ru"],
      from: "Beseda",
    });

    await gateway.send(PHONE, "Hi");

    expect(seen[0]?.body).toMatch(/&msg=Hi&json=1&from=Beseda$/);
  });

  it.each([
    ["wrong api_id", 200, "credentials-wrong"],
    ["an empty balance", 201, "balance-empty"],
    ["a sender not agreed on", 204, "sender-wrong"],
    ["the account's limit of a day", 206, "limit-reached"],
    ["being out of order", 220, "out-of-order"],
    ["the phone's limit of a minute", 231, "limit-reached"],
    ["too many codes to one phone", 233, "limit-reached"],
    ["an account that is not confirmed", 302, "credentials-wrong"],
    ["a fault of its own", 500, "out-of-order"],
  ])("may do later after %s, whether of the request or of the phone", async (_what, code, word) => {
    const ofRequest = { status: "ERROR", status_code: code, status_text: `Нет: ${PHONE}` };
    for (const answer of [ofRequest, oneSms("ERROR", code)]) {
      const { gateway } = await gatewayThat("sms.ru", json(200, answer));

      const error = await gateway.send(PHONE, TEXT).catch((thrown) => thrown);

      expect(error).toMatchObject({ code: "sms-down", message: `sms.ru: ${word}, code ${code}` });
    }
  });

  it.each([
    ["a phone that is none", 202],
    ["a phone without a route", 207],
    ["a phone on our stop list", 209],
    ["a phone abroad", 214],
    ["a phone on its stop list", 215],
    ["a forbidden word", 216],
    ["a country that is closed", 550],
    ["a code that nobody knows", 777],
  ])("never brings it after a no to %s", async (_what, code) => {
    const { gateway } = await gatewayThat("sms.ru", json(200, oneSms("ERROR", code)));

    const error = await gateway.send(PHONE, TEXT).catch((thrown) => thrown);

    expect(error).toMatchObject({ code: "sms-refused", message: `sms.ru: refused, code ${code}` });
  });

  it.each([
    ["a page", text(200, "<html>OK</html>")],
    ["JSON that breaks off", text(200, '{"status":"OK","status_code":100,"sms":{"7918')],
    ["an empty answer", text(200, "")],
    ["no word of the phone", json(200, { status: "OK", status_code: 100 })],
    ["another shape", json(200, [100])],
    ["a code that could be a phone", json(200, { status: "ERROR", status_code: 79187777777 })],
  ])("leaves it uncertain after %s", async (_what, answer) => {
    const { gateway } = await gatewayThat("sms.ru", answer);

    const error = await gateway.send(PHONE, TEXT).catch((thrown) => thrown);

    expect(error).toMatchObject({ code: "sms-uncertain", message: "sms.ru: unreadable" });
  });

  it("is not listened to for more than 64 KiB", async () => {
    let isCut = false;
    const { gateway } = await gatewayThat("sms.ru", (response) => {
      response.on("close", () => {
        isCut = !response.writableFinished;
      });
      response.writeHead(200);
      response.write(`${" ".repeat(80 * 1024)}${JSON.stringify(oneSms("OK", 100))}`);
    });

    const error = await gateway.send(PHONE, TEXT).catch((thrown) => thrown);

    expect(error).toMatchObject({ code: "sms-uncertain", message: "sms.ru: unreadable" });
    await expect.poll(() => isCut).toBe(true);
  });
});
