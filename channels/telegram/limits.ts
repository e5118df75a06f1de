/** Longest text of a message, in UTF-16 units after its entities are read (Bot API: sendMessage). */
export const LONGEST_TEXT = 4096;

/** Longest caption of a photo, a document or a voice message, likewise (Bot API: sendPhoto, sendDocument, sendVoice). */
export const LONGEST_CAPTION = 1024;

/** Longest note over a tapped button (Bot API: answerCallbackQuery). */
export const LONGEST_NOTE = 200;

/**
 * Messages to one chat: one a second in the long run, where "short bursts" are tolerated (Bot API FAQ). It gives no
 * figure for a burst; four are an answer of a dialog with its menu, and one more.
 */
export const CHAT_LIMIT = { perSecond: 1, burst: 4 } as const;
