/** Longest text of a message, in UTF-16 units after its entities are read (Bot API: sendMessage). */
export const LONGEST_TEXT = 4096;

/** Longest caption of a photo, likewise (Bot API: sendPhoto). */
export const LONGEST_CAPTION = 1024;

/** Longest note over a tapped button (Bot API: answerCallbackQuery). */
export const LONGEST_NOTE = 200;
