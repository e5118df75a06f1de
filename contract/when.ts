import { z } from "zod";

/** A time as it comes over the wire: ISO 8601 with an offset, so that nobody has to guess whose noon is meant. */
export const When = z.iso.datetime({ offset: true });
