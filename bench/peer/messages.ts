/** How the peer is set up. */
export interface PeerSettings {
  readonly redisPort: number;
  readonly apiRoot: string;
  readonly token: string;
  /** Jobs under way at once. */
  readonly concurrency: number;
  /** Most messages a second; `null` is as fast as it can. */
  readonly perSecond: number | null;
  /** Whether the bot pays for more than 30 a second (Bot API: `allow_paid_broadcast`). */
  readonly isPaid: boolean;
}

/** What the peer is told to do. */
export interface Order {
  readonly chats: readonly number[];
  readonly text: string;
}

/** What the peer says: it is set up, or every job of its order has ended. */
export type PeerNews =
  | { readonly kind: "ready" }
  | { readonly kind: "done"; readonly completed: number; readonly failed: number };

/** A message on its way. */
export interface Job {
  readonly chat: number;
  readonly text: string;
}
