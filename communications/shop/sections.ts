/** Sections of the shop's map (requirement 19). */
export const sections = { orders: "I. Orders", carts: "II. Carts" } as const;
