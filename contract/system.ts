import { z } from "zod";

/** Where someone is (requirement 9). */
export interface Location {
  readonly country?: string;
  readonly region?: string;
  readonly city?: string;
}

/** A user of the main system, in our names. */
export interface SystemUser {
  readonly userId: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly patronymic: string;
  readonly role: string;
  readonly active: boolean;
  /** E.164 digits with "+", or empty. */
  readonly phone: string;
  readonly email: string;
  readonly location: Location;
}

/** What is known of someone who is about to become a user of the main system. */
export type NewUser = Omit<SystemUser, "userId" | "active">;

/** By what a user is looked up (requirement 15). */
export type UserKey = { readonly userId: string } | { readonly email: string } | { readonly phone: string };

/** A publication of the main system. */
export const Post = z.object({
  postId: z.string(),
  authorId: z.string(),
  authorName: z.string(),
  text: z.string(),
  /** Address of its picture. */
  picture: z.string().nullable(),
  /** Address of its page. */
  url: z.string(),
});

/** A publication of the main system. */
export type Post = z.infer<typeof Post>;

/** A comment that a person wrote in the messenger. */
export interface NewComment {
  readonly postId: string;
  readonly authorId: string;
  readonly text: string;
}

/** How far an order is. */
export const ORDER_STATUSES = ["new", "paid", "shipped", "done", "cancelled"] as const;

/** What was bought, or is about to be. Prices are whole units of the currency (ISO 4217). */
const Goods = {
  items: z.array(z.object({ name: z.string(), quantity: z.number(), price: z.number() })),
  total: z.number(),
  currency: z.string(),
};

/** An order of the main system's shop. */
export const Order = z.object({
  orderId: z.string(),
  userId: z.string(),
  status: z.enum(ORDER_STATUSES),
  ...Goods,
  /** Address of its page. */
  url: z.string(),
});

/** An order of the main system's shop. */
export type Order = z.infer<typeof Order>;

/** What a user has put by and not ordered yet. */
export const Cart = z.object({
  userId: z.string(),
  ...Goods,
  /** Address of its page. */
  url: z.string(),
});

/** What a user has put by and not ordered yet. */
export type Cart = z.infer<typeof Cart>;

/** How far a request to the helpdesk is. */
export const REQUEST_STATUSES = ["new", "accepted", "finished"] as const;

/** A request of a customer to the helpdesk. */
export const Request = z.object({
  requestId: z.string(),
  userId: z.string(),
  title: z.string(),
  status: z.enum(REQUEST_STATUSES),
  /** Who works at it; empty while nobody does. */
  performerName: z.string(),
  /** 1 to 5; `null` while it is not rated. */
  rating: z.number().nullable(),
  /** Address of its page. */
  url: z.string(),
});

/** A request of a customer to the helpdesk. */
export type Request = z.infer<typeof Request>;

/** What a customer says of a request that is finished. */
export interface Rating {
  readonly requestId: string;
  readonly userId: string;
  /** 1 to 5. */
  readonly rating: number;
  /** Empty where they only rate. */
  readonly comment: string;
}

/** Something the main system would like a user to do (requirement 20): so far, to rate a finished request. */
export const Task = z.object({ kind: z.literal("review"), requestId: z.string(), title: z.string() });

/** Something the main system would like a user to do. */
export type Task = z.infer<typeof Task>;

/** A family's website that is to be made (requirement 30). */
export interface NewSite {
  readonly ownerId: string;
  readonly name: string;
  readonly members: readonly { readonly name: string }[];
}
