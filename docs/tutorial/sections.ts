/** Stands in for the file of this name beside the reader's own: what the tutorial builds belongs to the shop's map. */
export { sections } from "../../communications/shop/sections.ts";
