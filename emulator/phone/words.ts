import type { Message } from "../store/message.ts";
import type { Person } from "../store/people.ts";

/** Hours and minutes, as under every message. */
export function clockTime(seconds: number): string {
  return new Date(seconds * 1000).toLocaleTimeString("ru", { hour: "2-digit", minute: "2-digit" });
}

/** The day, as between messages: "20 ноября" in the phone's language. */
export function dayName(seconds: number, language: string): string {
  return new Date(seconds * 1000).toLocaleDateString(language, { day: "numeric", month: "long" });
}

/** First and last name. */
export function fullName(person: { first_name: string; last_name?: string | undefined }): string {
  return [person.first_name, person.last_name].filter(Boolean).join(" ");
}

/** Two letters for a round picture. */
export function initials(name: string): string {
  const parts = name.split(/\s+/).filter(Boolean);
  return parts
    .slice(0, 2)
    .map((part) => [...part][0]?.toUpperCase() ?? "")
    .join("");
}

/** Which of the picture colours an id has. */
export function colour(id: number): string {
  return `tint-${id % 6}`;
}

/** A phone number as people write it; Russian ones grouped. */
export function phoneNumber(digits: string): string {
  const russian = /^7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(digits);
  return russian ? `+7 ${russian[1]} ${russian[2]}-${russian[3]}-${russian[4]}` : `+${digits}`;
}

/** One line that stands for a message: in a quote, in a reply. */
export function summary(message: Message): string {
  const text = message.text ?? message.caption;
  if (text) return text.replace(/\s+/g, " ");
  if (message.photo) return "Photo";
  if (message.contact) return "Contact";
  if (message.location) return "Location";
  if (message.voice) return "Voice message";
  return message.document?.file_name ?? "Message";
}

/** A size in bytes, for people. */
export function fileSize(bytes: number): string {
  return bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024))} KB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** How long a recording lasts: "0:07". */
export function playTime(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** A person's language, for dates. */
export function languageOf(person: Person): string {
  return person.language_code ?? "en";
}
