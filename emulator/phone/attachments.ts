import type { Contact, Document, Location, PhotoSize } from "grammy/types";
import type { Message } from "../store/message.ts";
import { el, icon } from "./dom.ts";
import { voiceCard } from "./voice-card.ts";
import { colour, fileSize, fullName, initials, phoneNumber } from "./words.ts";

/** What a message carries beside text, drawn. */
export function attachments({ photo, document, voice, contact, location }: Message): Node[] {
  return [
    photo && picture(photo),
    document && documentCard(document),
    voice && voiceCard(voice),
    contact && contactCard(contact),
    location && locationCard(location),
  ].filter((node) => node instanceof Node);
}

function picture(sizes: PhotoSize[]): Node | null {
  const largest = sizes.at(-1);
  if (!largest) return null;
  const src = `/emulator/files/${largest.file_id}`;
  const { width, height } = largest;
  const image = el("img", { src, width, height, alt: "Photo" });
  return el("a", { class: "picture", href: src, target: "_blank", rel: "noopener" }, image);
}

function card(round: HTMLElement, title: Node | string, line: Node | string): Node {
  return el("div", { class: "card" }, round, el("div", {}, el("b", {}, title), el("span", {}, line)));
}

function contactCard(contact: Contact): Node {
  const name = fullName(contact);
  const round = el(
    "div",
    { class: `avatar ${colour(contact.user_id ?? 0)}`, "aria-hidden": "true" },
    initials(name),
  );
  return card(round, name, phoneNumber(contact.phone_number));
}

function documentCard({ file_id, file_name = "File", file_size = 0 }: Document): Node {
  const name = el("a", { href: `/emulator/files/${file_id}`, download: file_name }, file_name);
  return card(el("div", { class: "avatar tint-4" }, icon("file")), name, fileSize(file_size));
}

function locationCard({ latitude, longitude }: Location): Node {
  const href = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=15/${latitude}/${longitude}`;
  const place = el("a", { href, target: "_blank", rel: "noopener noreferrer" }, `${latitude}, ${longitude}`);
  return card(el("div", { class: "avatar tint-0" }, icon("place")), "Location", place);
}
