/** A one-time link that opens the bot and connects whoever opens it; milliseconds since 1970. */
export interface StartLink {
  readonly url: string;
  readonly expiresAt: number;
}

/** The links that visitors have asked for, one for each session. */
export interface StartLinks {
  keep(session: string, link: StartLink, now: number): void;
  /** The session's link while it is good, else `null`. */
  of(session: string, now: number): StartLink | null;
  drop(session: string): void;
}

/**
 * In memory alone: whoever has such a link connects their Telegram to somebody's account, so it stands in no file and
 * no address of the site. A restart loses what a button brings back.
 */
export function startLinks(): StartLinks {
  const links = new Map<string, StartLink>();
  return {
    keep(session, link, now) {
      for (const [key, { expiresAt }] of links) if (expiresAt <= now) links.delete(key);
      links.set(session, link);
    },
    of(session, now) {
      const link = links.get(session);
      return link && link.expiresAt > now ? link : null;
    },
    drop: (session) => void links.delete(session),
  };
}
