/** The family map's section "Notifying family members" (requirement 19). */
export const section = "II. Notifying family members";
