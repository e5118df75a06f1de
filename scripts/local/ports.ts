import { connect, createServer } from "node:net";
import { Complaint } from "../command.ts";
import { type Settings, serverNames, servers } from "./settings.ts";

/** Throws a `Complaint` naming the first port that something else listens on, and how to choose another. */
export async function requireFreePorts(ports: Settings["ports"], hint = ""): Promise<void> {
  const problems = await Promise.all(serverNames.map((name) => problemWith(ports[name])));
  for (const [index, name] of serverNames.entries()) {
    const problem = problems[index];
    if (!problem) continue;
    const { title, variable } = servers[name];
    throw new Complaint(
      `Port ${ports[name]} for ${title} ${problem}: free it or choose another with ${variable}=… npm start.${hint}`,
    );
  }
}

async function problemWith(port: number): Promise<string | undefined> {
  // Somebody on all interfaces may leave 127.0.0.1 open to be bound on some systems, so we also knock.
  if (await answers(port)) return "is taken";
  return bindingProblem(port);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    const settle = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.once("connect", () => settle(true));
    socket.once("error", () => settle(false));
  });
}

function bindingProblem(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      resolve(error.code === "EADDRINUSE" ? "is taken" : `cannot be used (${error.code ?? error.message})`);
    });
    server.listen({ port, host: "127.0.0.1" }, () => server.close(() => resolve(undefined)));
  });
}
