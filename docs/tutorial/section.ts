/** Stands in for the file of this name beside the reader's own: the README's example belongs to the family's map. */
export { section } from "../../communications/family-site/section.ts";
