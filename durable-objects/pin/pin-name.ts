import type { LeadOfBot } from "../../contract/ports.ts";

/** The name of the object of a BUID's PIN. */
export function buidPin(botId: string, buid: string): string {
  return `${botId}/buid/${buid}`;
}

/** The name of the object of the code by which a lead proves a phone. */
export function leadCode({ botId, leadId }: LeadOfBot): string {
  return `${botId}/lead/${leadId}`;
}

/** The name of the object that counts the codes which go to a phone (E.164). */
export function phoneCodes(botId: string, phone: string): string {
  return `${botId}/phone/${phone}`;
}
