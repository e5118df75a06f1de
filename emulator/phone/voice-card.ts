import type { Voice } from "grammy/types";
import { el, icon } from "./dom.ts";
import { playTime } from "./words.ts";

/** A voice message that can be listened to. */
export function voiceCard({ file_id, duration }: Voice): HTMLElement {
  const audio = new Audio();
  const played = el("progress", { max: "1", value: "0", "aria-label": "Played" });
  const time = el("span", {}, playTime(duration));
  const button = el("button", { type: "button", class: "avatar play", "aria-label": "Play" }, icon("play"));

  button.addEventListener("click", () => {
    // Nothing is loaded before somebody wants to listen.
    if (!audio.src) audio.src = `/emulator/files/${file_id}`;
    if (!audio.paused) audio.pause();
    else
      audio.play().catch(() => {
        time.textContent = "This can't be played here";
      });
  });
  for (const event of ["play", "pause"]) {
    audio.addEventListener(event, () => {
      button.setAttribute("aria-label", audio.paused ? "Play" : "Pause");
      button.replaceChildren(icon(audio.paused ? "play" : "pause"));
    });
  }
  audio.addEventListener("timeupdate", () => {
    played.value = audio.currentTime / (audio.duration || 1);
    time.textContent = playTime(audio.currentTime);
  });
  audio.addEventListener("ended", () => {
    played.value = 0;
    time.textContent = playTime(duration);
  });
  return el("div", { class: "card voice" }, button, el("div", {}, played, time));
}
