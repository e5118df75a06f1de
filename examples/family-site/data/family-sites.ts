import type { Database } from "./database.ts";
import { fullName } from "./users.ts";

/** A family's own website, made from the messenger (requirement 30). */
export interface FamilySite {
  readonly id: number;
  readonly ownerId: number;
  readonly ownerName: string;
  readonly name: string;
  readonly members: readonly { readonly name: string }[];
  readonly createdAt: number;
}

/** A website that is about to be made. */
export type NewFamilySite = Omit<FamilySite, "id" | "ownerName">;

type SiteRow = Omit<FamilySite, "ownerName" | "members"> & {
  readonly members: string;
  readonly ownerFirstName: string;
  readonly ownerSurname: string | null;
};

const SELECT = `SELECT family_sites.id, owner_id AS ownerId, users.name AS ownerFirstName,
  users.surname AS ownerSurname, family_sites.name, members, created_at AS createdAt
  FROM family_sites JOIN users ON users.id = owner_id`;

/** One family's website, or `null`. */
export function findFamilySite(db: Database, id: number): FamilySite | null {
  const row = db.one<SiteRow>(`${SELECT} WHERE family_sites.id = ?`, id);
  return row ? fromRow(row) : null;
}

/** The newest websites, 50 at most. */
export function newestFamilySites(db: Database): FamilySite[] {
  return db.all<SiteRow>(`${SELECT} ORDER BY family_sites.id DESC LIMIT 50`).map(fromRow);
}

/** Stores a family's website and returns its id. */
export function addFamilySite(db: Database, { ownerId, name, members, createdAt }: NewFamilySite): number {
  return db.run(
    "INSERT INTO family_sites (owner_id, name, members, created_at) VALUES (?, ?, ?, ?)",
    ownerId,
    name,
    JSON.stringify(members),
    createdAt,
  );
}

function fromRow({ ownerFirstName, ownerSurname, members, ...rest }: SiteRow): FamilySite {
  return {
    ...rest,
    ownerName: fullName({ name: ownerFirstName, surname: ownerSurname }),
    members: JSON.parse(members) as FamilySite["members"],
  };
}
