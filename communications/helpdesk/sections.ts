/** Sections of the helpdesk's map (requirement 19). */
export const sections = { requests: "I. Requests", operator: "II. Talking with an operator" } as const;
