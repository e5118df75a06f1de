/** What is told where only the telling is measured: about as long as a post of the example site. */
export const TEXT = "б".repeat(230);
