import type { Person } from "../store/people.ts";
import { putPerson } from "./api.ts";

/** Wakes the form for a new person; `made` is told of everyone it makes. */
export function personForm(people: readonly Person[], made: (person: Person) => void): void {
  const dialog = find("person-dialog", HTMLDialogElement);
  const form = find("person-form", HTMLFormElement);
  const problem = find("person-problem", HTMLElement);
  const field = (name: string) => form.elements.namedItem(name);

  find("new-person", HTMLButtonElement).addEventListener("click", () => {
    form.reset();
    problem.textContent = "";
    const id = field("id");
    if (id instanceof HTMLInputElement) id.value = String(Math.max(1000, ...people.map((one) => one.id)) + 1);
    dialog.showModal();
  });
  find("person-cancel", HTMLButtonElement).addEventListener("click", () => dialog.close());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const person = read(new FormData(form));
    try {
      const { id, ...rest } = person;
      await putPerson(id, rest);
      dialog.close();
      made({ ...person, phone_number: person.phone_number?.replace(/\D/g, "") });
    } catch (error) {
      problem.textContent = error instanceof Error ? error.message : String(error);
    }
  });
}

function read(data: FormData): Person {
  const text = (name: string) => String(data.get(name) ?? "").trim() || undefined;
  return {
    id: Number(text("id")),
    first_name: text("first_name") ?? "",
    last_name: text("last_name"),
    phone_number: text("phone_number"),
    language_code: text("language_code"),
  };
}

function find<T extends HTMLElement>(id: string, kind: new () => T): T {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`the page has no ${id}`);
  return element;
}
