import { firstLine } from "../text.ts";
import type { Database } from "./database.ts";
import { fullName } from "./users.ts";

/** How far a request has come. */
export type RequestStatus = "new" | "accepted" | "finished";

/** A request for help: somebody of the family asks, somebody of the family takes it on. */
export interface HelpRequest {
  readonly id: number;
  readonly userId: number;
  readonly userName: string;
  readonly title: string;
  readonly text: string;
  readonly status: RequestStatus;
  /** Who works at it; `null` while nobody does. */
  readonly performerId: number | null;
  readonly performerName: string;
  /** 1 to 5; `null` while it is not rated. */
  readonly rating: number | null;
  readonly ratingComment: string | null;
  readonly createdAt: number;
}

/** A request that is about to be stored: new, and nobody's. */
export type NewRequest = Pick<HelpRequest, "userId" | "text" | "createdAt">;

/** Longest title: what a line of a list holds. */
const TITLE_CHARS = 80;

type RequestRow = Omit<HelpRequest, "userName" | "performerName"> & {
  readonly name: string;
  readonly surname: string | null;
  readonly performer: string | null;
  readonly performerSurname: string | null;
};

const SELECT = `SELECT requests.id, user_id AS userId, users.name, users.surname, title, text, status,
  performer_id AS performerId, performers.name AS performer, performers.surname AS performerSurname,
  rating, rating_comment AS ratingComment, created_at AS createdAt
  FROM requests JOIN users ON users.id = user_id LEFT JOIN users AS performers ON performers.id = performer_id`;

/** One request, or `null`. */
export function findRequest(db: Database, id: number): HelpRequest | null {
  const row = db.one<RequestRow>(`${SELECT} WHERE requests.id = ?`, id);
  return row ? fromRow(row) : null;
}

/** Everybody's requests, newest first, 200 at most. */
export function allRequests(db: Database): HelpRequest[] {
  return db.all<RequestRow>(`${SELECT} ORDER BY requests.id DESC LIMIT 200`).map(fromRow);
}

/** The user's finished requests that wait for their rating, newest first. */
export function unratedOf(db: Database, userId: number, most: number): HelpRequest[] {
  const sql = `${SELECT} WHERE user_id = ? AND status = 'finished' AND rating IS NULL
    ORDER BY requests.id DESC LIMIT ?`;
  return db.all<RequestRow>(sql, userId, most).map(fromRow);
}

/** Stores a request and returns its id; the title is the beginning of its text. */
export function addRequest(db: Database, request: NewRequest): number {
  return db.run(
    "INSERT INTO requests (user_id, title, text, status, created_at) VALUES (?, ?, ?, 'new', ?)",
    request.userId,
    firstLine(request.text, TITLE_CHARS),
    request.text,
    request.createdAt,
  );
}

/** Notes who works at a request. Tells nobody: that is `acceptRequest`. */
export function markAccepted(db: Database, id: number, performerId: number): void {
  db.run("UPDATE requests SET status = 'accepted', performer_id = ? WHERE id = ?", performerId, id);
}

/** Notes that a request is done. Tells nobody: that is `finishRequest`. */
export function markFinished(db: Database, id: number): void {
  db.run("UPDATE requests SET status = 'finished' WHERE id = ?", id);
}

/** Notes what the customer says of it; a later word replaces the earlier. */
export function setRating(db: Database, id: number, rating: number, comment: string | null): void {
  db.run("UPDATE requests SET rating = ?, rating_comment = ? WHERE id = ?", rating, comment, id);
}

function fromRow({ name, surname, performer, performerSurname, ...rest }: RequestRow): HelpRequest {
  const performerName = performer === null ? "" : fullName({ name: performer, surname: performerSurname });
  return { ...rest, userName: fullName({ name, surname }), performerName };
}
