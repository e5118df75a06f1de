import { expect, it } from "vitest";
import { smsGatewayOf } from "../../channels/sms/gateways.ts";
import { emulatorWithPeople } from "../emulator/world-kit.ts";
import { gatewayThat, json } from "./sms-server.ts";

it("the phones of the local world get a text as JSON", async () => {
  const { gateway, seen } = await gatewayThat("emulator", json(200, { delivered: true }));

  await gateway.send("+79187777777", 'Код "123456"');

  expect(seen).toEqual([
    {
      line: "POST /emulator/sms",
      address: "http://bot-api.test/emulator/sms",
      type: "application/json",
      authorization: undefined,
      body: '{"phone":"+79187777777","text":"Код \\"123456\\""}',
    },
  ]);
});

it("the phones of the local world need no credentials", () => {
  const open = () => smsGatewayOf("emulator", { credentials: "", telegramApiRoot: "http://bot-api.test" });

  expect(open).not.toThrow();
});

it("the phones of the local world refuse what the emulator calls wrong", async () => {
  const { gateway } = await gatewayThat("emulator", json(400, { error: "phone" }));

  const error = await gateway.send("+79187777777", "Hi").catch((thrown) => thrown);

  expect(error).toMatchObject({ code: "sms-refused", message: "emulator: refused, HTTP 400" });
});

it("a text for a phone of the local world is among its SMS", async () => {
  const { emulator, get } = await emulatorWithPeople();

  await smsGatewayOf("emulator", { credentials: "{}", telegramApiRoot: emulator.url }).send(
    "+79187777777",
    "Код 123456",
  );

  expect((await get("/users/127/sms")).json.sms).toMatchObject([{ text: "Код 123456" }]);
});
