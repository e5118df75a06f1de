import type { Traced } from "./trace.ts";

/** What happened, as a script that a person can read: who did what when, and what was seen of it. */
export function narrative(events: readonly Traced[]): string {
  return events
    .flatMap((event) => {
      const told = line(event);
      return told === null ? [] : [`${new Date(event.at).toISOString().slice(5, 23)}  ${told}`];
    })
    .join("\n");
}

function line(event: Traced): string | null {
  switch (event.kind) {
    case "deed":
      return event.what;
    case "plays":
      return `    ${event.run}.${event.n} plays ${event.step}${event.text === null ? "" : ` with "${event.text}"`}`;
    case "came":
      return event.result === "sent"
        ? null
        : `    ${event.stamps.join(" ")} does not arrive: ${event.result}`;
    case "shows":
      return `    shows: ${event.text}`;
    case "writes":
      return `    writes: ${event.stamp}`;
    case "handed":
      return `    ${event.run}: ${event.outcome.state}${event.outcome.reason ? ` (${event.outcome.reason})` : ""}`;
    case "settled":
      return `    in the end ${event.run}: ${event.outcome.state}${event.outcome.reason ? ` (${event.outcome.reason})` : ""}`;
    case "calm":
      return `    calm: ${JSON.stringify({ ...event, kind: undefined, at: undefined })}`;
    case "lead":
      return `    lead: ${JSON.stringify({ ...event, kind: undefined, at: undefined })}`;
    case "spins":
      return "    is woken over and over";
    default:
      return null;
  }
}

/** A stretch of time, "2 h 5 min". */
export function inWords(ms: number): string {
  const units = [
    { name: "day", count: Math.floor(ms / 86_400_000) },
    { name: "h", count: Math.floor(ms / 3_600_000) % 24 },
    { name: "min", count: Math.floor(ms / 60_000) % 60 },
    { name: "s", count: Math.floor(ms / 1000) % 60 },
    { name: "ms", count: ms % 1000 },
  ];
  return units.flatMap(({ name, count }) => (count > 0 ? [`${count} ${name}`] : [])).join(" ");
}
