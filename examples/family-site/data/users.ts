import type { Database } from "./database.ts";

/** Where a person lives; any part may be unknown. */
export interface Location {
  readonly country: string | null;
  readonly region: string | null;
  readonly city: string | null;
}

/** A member of the family, or an employee who looks after the site. */
export interface User {
  readonly id: number;
  readonly surname: string | null;
  readonly name: string;
  readonly patronymic: string | null;
  readonly role: string;
  readonly isActive: boolean;
  readonly phone: string | null;
  /** Somebody has vouched for the phone: the messenger, or an administrator. What was typed here proves nothing. */
  readonly phoneProven: boolean;
  readonly email: string | null;
  readonly location: Location;
  /** The bot told us that this person has it connected (requirement 17), or they switched it on here. */
  readonly botConnected: boolean;
  /** Why an administrator has blocked them; `null` for who is not blocked. */
  readonly blockReason: string | null;
  /** Deleted users keep their row, so that what they wrote has an author, and are found by `findAnyone` alone. */
  readonly isDeleted: boolean;
}

/** What a new user starts with. */
export type NewUser = Omit<User, "id" | "botConnected" | "blockReason" | "isDeleted">;

/** What can be edited of a user. */
export type UserDetails = Omit<NewUser, "isActive">;

/** What a user is looked up by; everything given must be true of the same user. */
export interface UserQuery {
  readonly userId?: number | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  /** A phone that says who somebody is: nobody's who has only typed it. */
  readonly provenPhone?: string | undefined;
}

type Flag = "isActive" | "phoneProven" | "botConnected" | "isDeleted";

type UserRow = Omit<User, Flag | "location"> & Location & Readonly<Record<Flag, number>>;

const SELECT = `SELECT id, surname, name, patronymic, role, is_active AS isActive, phone,
  phone_proven AS phoneProven, email,
  country, region, city, bot_connected AS botConnected, block_reason AS blockReason,
  deleted_at IS NOT NULL AS isDeleted FROM users`;

/** The user that fits the whole query, or `null`; never a deleted one. E-mails are kept and compared in lower case. */
export function findUser(db: Database, query: UserQuery): User | null {
  const row = db.one<UserRow>(
    `${SELECT} WHERE id = coalesce(?1, id)
      AND (?2 IS NULL OR email = ?2) AND (?3 IS NULL OR phone = ?3)
      AND (?4 IS NULL OR (phone = ?4 AND phone_proven = 1))
      AND coalesce(?1, ?2, ?3, ?4) IS NOT NULL AND deleted_at IS NULL`,
    query.userId ?? null,
    query.email?.toLowerCase() ?? null,
    query.phone ?? null,
    query.provenPhone ?? null,
  );
  return row ? fromRow(row) : null;
}

/** The user of this id, deleted or not, or `null`. */
export function findAnyone(db: Database, userId: number): User | null {
  const row = db.one<UserRow>(`${SELECT} WHERE id = ?`, userId);
  return row ? fromRow(row) : null;
}

/** Everybody but the deleted: the active first, surnames in alphabetical order. */
export function allUsers(db: Database): User[] {
  const users = db.all<UserRow>(`${SELECT} WHERE deleted_at IS NULL`).map(fromRow);
  const bySurname = (a: User, b: User) => (a.surname ?? a.name).localeCompare(b.surname ?? b.name, "ru");
  return users.sort((a, b) => Number(b.isActive) - Number(a.isActive) || bySurname(a, b) || a.id - b.id);
}

/** Those whose accounts were deleted, the last first. */
export function deletedUsers(db: Database): User[] {
  return db.all<UserRow>(`${SELECT} WHERE deleted_at IS NOT NULL ORDER BY deleted_at DESC`).map(fromRow);
}

/** Ids of the active users but one: who is told of news that the one has made. */
export function activeUserIdsBut(db: Database, userId: number): number[] {
  const sql = "SELECT id FROM users WHERE is_active = 1 AND deleted_at IS NULL AND id <> ? ORDER BY id";
  return db.all<{ id: number }>(sql, userId).map(({ id }) => id);
}

/** Adds a user, with an id of its own or the given one, and returns that id. Phone and e-mail must be free. */
export function addUser(db: Database, user: NewUser, id: number | null = null): number {
  return db.run(
    `INSERT INTO users
      (id, surname, name, patronymic, role, is_active, phone, phone_proven, email, country, region, city)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    user.surname,
    user.name,
    user.patronymic,
    user.role,
    Number(user.isActive),
    user.phone,
    Number(user.phoneProven),
    user.email?.toLowerCase() ?? null,
    user.location.country,
    user.location.region,
    user.location.city,
  );
}

/** Whether this person works for the site (requirement 9 knows users, employees and administrators). */
export function isStaff(user: Pick<User, "role">): boolean {
  return user.role !== "user";
}

/** Whether this is the only active employee: without one nobody could look after the site. */
export function isLastEmployee(db: Database, user: User): boolean {
  const employees = allUsers(db).filter((other) => other.isActive && isStaff(other));
  return employees.length === 1 && employees[0]?.id === user.id;
}

/** A person's name as the pages and the API print it: «Александр Пушкин». */
export function fullName(person: { readonly name: string; readonly surname: string | null }): string {
  return person.surname ? `${person.name} ${person.surname}` : person.name;
}

function fromRow({
  country,
  region,
  city,
  isActive,
  phoneProven,
  botConnected,
  isDeleted,
  ...rest
}: UserRow): User {
  return {
    ...rest,
    isActive: isActive === 1,
    phoneProven: phoneProven === 1,
    botConnected: botConnected === 1,
    isDeleted: isDeleted === 1,
    location: { country, region, city },
  };
}
