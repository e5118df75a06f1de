/**
 * The site's tables, as steps: a database has taken as many of them as its `PRAGMA user_version` says, and takes the
 * rest when it is opened. A step that anybody has taken is never edited; a change is a new one. Times are
 * milliseconds since 1970, phones are digits of E.164 without the plus.
 */
export const STEPS: readonly string[] = [
  `
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
`,
  // The shop, the helpdesk, sites made from the bot; the outbox tells of more than posts.
  `
  ALTER TABLE users ADD COLUMN block_reason TEXT;
  ALTER TABLE users ADD COLUMN deleted_at INTEGER;

  CREATE TABLE goods (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, price INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE cart_items (
    user_id INTEGER NOT NULL REFERENCES users (id),
    good_id INTEGER NOT NULL REFERENCES goods (id),
    quantity INTEGER NOT NULL,
    PRIMARY KEY (user_id, good_id)
  ) STRICT;

  CREATE TABLE requests (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES users (id),
    title TEXT NOT NULL, text TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('new', 'accepted', 'finished')),
    performer_id INTEGER REFERENCES users (id),
    rating INTEGER, rating_comment TEXT,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX requests_by_user ON requests (user_id);

  CREATE TABLE request_messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    request_id INTEGER NOT NULL REFERENCES requests (id),
    author_id INTEGER NOT NULL REFERENCES users (id),
    text TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX request_messages_by_request ON request_messages (request_id);

  CREATE TABLE family_sites (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    owner_id INTEGER NOT NULL REFERENCES users (id),
    name TEXT NOT NULL, members TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;

  ALTER TABLE outbox RENAME TO outbox_of_posts;
  DROP INDEX outbox_due;
  CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    alias TEXT NOT NULL, params TEXT NOT NULL,
    subject TEXT NOT NULL, part TEXT,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL, due_at INTEGER NOT NULL, deadline_at INTEGER NOT NULL,
    message TEXT, recipients TEXT
  ) STRICT;
  INSERT INTO outbox
    (id, key, alias, params, subject, part, state, attempts, created_at, due_at, deadline_at, message, recipients)
    SELECT id, key, alias, params, 'post:' || post_id, 'comment:' || comment_id, state, attempts,
      deadline_at - 86400000, due_at, deadline_at, message, recipients
    FROM outbox_of_posts;
  DROP TABLE outbox_of_posts;
  CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 'waiting';
  CREATE INDEX outbox_by_subject ON outbox (subject);
`,
  // Who is signed in. The cookie's id itself is nowhere: this file may be read by those who may not sign in.
  `
  CREATE TABLE sessions (
    id_hash TEXT PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users (id),
    created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX sessions_by_user ON sessions (user_id);
`,
  // What comes from a bot's link: the way to one account, and an answer that needs no account.
  `
  CREATE TABLE pending_links (
    id_hash TEXT PRIMARY KEY,
    buid TEXT NOT NULL, back TEXT NOT NULL,
    stage TEXT NOT NULL,
    turn INTEGER NOT NULL DEFAULT 0,
    tries INTEGER NOT NULL DEFAULT 0, last_key TEXT,
    user_id INTEGER REFERENCES users (id), other_user_id INTEGER,
    lead_name TEXT NOT NULL DEFAULT '',
    notice TEXT,
    created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX pending_links_by_end ON pending_links (expires_at);

  CREATE TABLE gathering_answers (
    person_id INTEGER PRIMARY KEY,
    user_id INTEGER REFERENCES users (id),
    guests INTEGER NOT NULL, wishes TEXT NOT NULL,
    answered_at INTEGER NOT NULL
  ) STRICT;
`,
  // Which phones are known to be their user's: of those who are there, the demonstration's; and when a link moved on.
  `
  ALTER TABLE users ADD COLUMN phone_proven INTEGER NOT NULL DEFAULT 0;
  UPDATE users SET phone_proven = 1 WHERE (id, phone) IN (VALUES
    (127, '79187777777'), (1707, '79161234567'), (1, '79000000001'), (2, '79000000002'), (3, '79000000003'),
    (4, '79000000004'), (5, '79000000005'), (6, '79000000006'), (7, '79000000007'), (8, '79000000008'),
    (9, '79000000009'), (10, '79000000010'));

  ALTER TABLE pending_links ADD COLUMN moved_at INTEGER NOT NULL DEFAULT 0;
`,
];
