import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { Complaint } from "../command.ts";

/** Which stream of a child a line came on. */
export type LineSource = "stdout" | "stderr";

/** How a process is to be started. */
export interface ChildPlan {
  /** As in a sentence: "the Worker". */
  readonly title: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Takes everything the process writes; begun anew at each start. */
  readonly log: string;
  /** Gets every line as it comes. */
  readonly onLine: (line: string, source: LineSource) => void;
}

/** How a process ended. */
export interface Ending {
  readonly ok: boolean;
  /** "exit code 1", "signal SIGKILL". */
  readonly words: string;
}

/** A process under way, the first of a process group of its own. */
export interface Child {
  readonly title: string;
  readonly log: string;
  readonly group: number;
  /** Never rejects. */
  readonly ended: Promise<Ending>;
  /** All it wrote is in the log. May come long after its end, where its own children hold its output open. */
  readonly logged: Promise<void>;
}

/** Starts a process in a group of its own, so that one signal reaches whatever it starts in turn. */
export function startChild(plan: ChildPlan): Child {
  const child = spawn(plan.command, plan.args, {
    cwd: plan.cwd,
    env: { ...process.env, ...plan.env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const ended = endOf(child);
  if (child.pid === undefined) throw new Complaint(`${plan.command} cannot be started: is it installed?`);

  const logged = keepLog(plan, child);
  return { title: plan.title, log: plan.log, group: child.pid, ended, logged };
}

/** The last lines of a log, for showing when its process failed. */
export function logTail(path: string, lines = 20): string {
  if (!existsSync(path)) return "";
  return readFileSync(path, "utf8").trimEnd().split("\n").slice(-lines).join("\n");
}

function endOf(child: ChildProcess): Promise<Ending> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ ok: false, words: error.message }));
    child.once("exit", (code, signal) => {
      resolve({ ok: code === 0, words: signal ? `signal ${signal}` : `exit code ${code}` });
    });
  });
}

async function keepLog(plan: ChildPlan, child: { stdout: Readable; stderr: Readable }): Promise<void> {
  mkdirSync(dirname(plan.log), { recursive: true });
  const log = createWriteStream(plan.log);
  const copy = async (source: LineSource) => {
    for await (const coloured of createInterface({ input: child[source] })) {
      const line = stripVTControlCharacters(coloured);
      log.write(`${line}\n`);
      plan.onLine(line, source);
    }
  };
  await Promise.all([copy("stdout"), copy("stderr")]);
  await new Promise<void>((resolve) => log.end(resolve));
}
