/** The family map's section "Notifying family members" (requirement 19). */
export const section = "II. Notifying family members";

/** The family map's section of the form that asks who will come. */
export const gatheringSection = "III. The family gathering";
