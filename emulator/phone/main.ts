import type { Person } from "../store/people.ts";
import { loadBots, loadPeople } from "./api.ts";
import { el } from "./dom.ts";
import { personForm } from "./person-form.ts";
import { Phone } from "./phone.ts";
import { colour, fullName, initials } from "./words.ts";

/** That many phones stand on the desk. */
const PHONES = 2;

const query = new URLSearchParams(location.search);
const [people, bots] = await Promise.all([loadPeople(), loadBots()]);
const bot = bots.find((one) => one.username === query.get("bot")) ?? bots[0];
let shown = chosen(people, query.get("users"));
let phones: Phone[] = [];

/** Those of `?users=127,1707`, or the first two. */
function chosen(all: readonly Person[], wanted: string | null): Person[] {
  const ids = (wanted ?? "").split(",").filter(Boolean).map(Number);
  const found = ids.map((id) => all.find((one) => one.id === id)).filter((one) => one !== undefined);
  return (found.length > 0 ? found : all).slice(0, PHONES);
}

/** Puts the chosen people's phones on the desk. */
function draw(): void {
  for (const phone of phones) phone.close();
  phones = bot ? shown.map((person) => new Phone(person, bot, query.get("start") ?? "")) : [];
  const desk = document.getElementById("phones");
  desk?.replaceChildren(...phones.map((phone) => phone.element));
  if (phones.length === 0)
    desk?.append(el("p", { class: "nobody" }, "There is nobody yet. Make a person to begin with."));
  document.getElementById("people")?.replaceChildren(...people.map(chip));
}

function chip(person: Person): HTMLElement {
  const pressed = shown.includes(person);
  const round = el(
    "span",
    { class: `avatar small ${colour(person.id)}`, "aria-hidden": "true" },
    initials(fullName(person)),
  );
  const props = {
    type: "button",
    class: "chip",
    "aria-pressed": String(pressed),
    "data-testid": `person-${person.id}`,
  };
  return el("button", { ...props, onclick: () => toggle(person) }, round, fullName(person));
}

/** Shows or hides a phone; a third one takes the place of the one shown longest. */
function toggle(person: Person): void {
  const without = shown.filter((one) => one !== person);
  shown = without.length < shown.length ? without : [...shown, person].slice(-PHONES);
  query.set("users", shown.map((one) => one.id).join(","));
  query.delete("start");
  history.replaceState(null, "", `?${query}`);
  draw();
}

personForm(people, (person) => {
  const known = people.findIndex((one) => one.id === person.id);
  if (known >= 0) people.splice(known, 1, person);
  else people.push(person);
  shown = shown.filter((one) => one.id !== person.id);
  toggle(person);
});
draw();
