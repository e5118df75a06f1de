/** The account map's sections (requirement 19). */
export const sections = {
  connecting: "I. Connecting and disconnecting the bot",
  changes: "II. Changes of the user",
  linking: "III. The site and the bot become one account",
} as const;
