/** Stands in for the file of this name beside the reader's own: what the tutorial builds belongs to the shop's map. */
export { orderOf } from "../../communications/shop/order-of.ts";
