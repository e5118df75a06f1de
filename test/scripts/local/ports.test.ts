import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { requireFreePorts } from "../../../scripts/local/ports.ts";

const open: Server[] = [];

afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

describe("requireFreePorts", () => {
  it("lets free ports pass", async () => {
    const ports = { worker: await freePort(), emulator: await freePort(), site: await freePort() };

    await expect(requireFreePorts(ports)).resolves.toBeUndefined();
  });

  it.each([undefined, "127.0.0.1"])("names the taken port and its variable (taken on %s)", async (host) => {
    const taken = await listen(host);
    const ports = { worker: await freePort(), emulator: taken, site: await freePort() };

    await expect(requireFreePorts(ports)).rejects.toThrow(
      `Port ${taken} for the Telegram emulator is taken: free it or choose another with EMULATOR_PORT=…`,
    );
  });
});

async function listen(host: string | undefined): Promise<number> {
  const server = createServer().listen({ port: 0, ...(host && { host }) });
  open.push(server);
  await once(server, "listening");
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

async function freePort(): Promise<number> {
  const port = await listen("127.0.0.1");
  const server = open.pop();
  server?.close();
  if (server) await once(server, "close");
  return port;
}
