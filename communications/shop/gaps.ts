import { gap } from "../../dialogs/map-row.ts";
import { sections } from "./sections.ts";

/** Goods that somebody waits for can be bought again. */
export const backInStock = gap({
  section: sections.carts,
  event: "Goods that a customer waits for are back in stock",
  description: "The main system does not keep yet who waits for what.",
});

/** A parcel is where the customer picks it up. */
export const parcelArrived = gap({
  section: sections.orders,
  event: "A parcel has arrived at the pick-up point",
  description:
    "Orders have no such status yet: it takes the address, the opening hours, and the day on which the parcel goes back.",
});
