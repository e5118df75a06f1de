/** Version of the tables below, kept in `PRAGMA user_version`. */
export const TABLES_VERSION = 1;

/** The site's tables. Times are milliseconds since 1970, phones are digits of E.164 without the plus. */
export const TABLES = `
  CREATE TABLE users (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    surname TEXT, name TEXT NOT NULL, patronymic TEXT,
    role TEXT NOT NULL,
    is_active INTEGER NOT NULL DEFAULT 1,
    phone TEXT UNIQUE, email TEXT UNIQUE,
    country TEXT, region TEXT, city TEXT,
    bot_connected INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  CREATE TABLE pictures (
    id INTEGER PRIMARY KEY, type TEXT NOT NULL, bytes BLOB NOT NULL
  ) STRICT;

  CREATE TABLE posts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    author_id INTEGER NOT NULL REFERENCES users (id),
    text TEXT NOT NULL,
    picture_id INTEGER REFERENCES pictures (id),
    image_url TEXT,
    created_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE comments (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    post_id INTEGER NOT NULL REFERENCES posts (id),
    author_id INTEGER NOT NULL REFERENCES users (id),
    text TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX comments_by_post ON comments (post_id);

  CREATE TABLE orders (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES users (id),
    status TEXT NOT NULL, currency TEXT NOT NULL,
    items TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX orders_by_user ON orders (user_id);

  CREATE TABLE answers (
    key TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX answers_by_age ON answers (created_at);

  CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    alias TEXT NOT NULL, params TEXT NOT NULL,
    post_id INTEGER NOT NULL REFERENCES posts (id),
    comment_id INTEGER REFERENCES comments (id),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER NOT NULL, deadline_at INTEGER NOT NULL,
    message TEXT, recipients TEXT
  ) STRICT;
  CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 'waiting';
  CREATE INDEX outbox_by_post ON outbox (post_id);
`;
