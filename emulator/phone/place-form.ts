import { el } from "./dom.ts";

/** Where one is until one says otherwise: Mikhailovskoye. */
const USUAL_PLACE = { latitude: 57.0608, longitude: 28.919 } as const;

/** A place on the map, in degrees. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

/** A form that sends a place. */
export function placeForm(send: (place: Place) => void): HTMLFormElement {
  const degrees = (name: keyof Place, most: number) => {
    const props = { type: "number", step: "any", required: true, min: -most, max: most };
    return el("input", { ...props, name, value: USUAL_PLACE[name] });
  };
  const latitude = degrees("latitude", 90);
  const longitude = degrees("longitude", 180);
  const form = el(
    "form",
    { class: "place-form", "aria-label": "Location" },
    el("label", {}, "Latitude", latitude),
    el("label", {}, "Longitude", longitude),
    el("button", { type: "submit", class: "primary", "data-testid": "send-place" }, "Send"),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send({ latitude: latitude.valueAsNumber, longitude: longitude.valueAsNumber });
  });
  return form;
}
