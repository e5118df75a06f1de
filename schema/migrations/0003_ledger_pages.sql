-- Drizzle cannot say WITHOUT ROWID. With one, every page written is paid twice: for its row and for its key.
DROP TABLE ledger_pages;
--> statement-breakpoint
CREATE TABLE ledger_pages (
	call_id text NOT NULL,
	page integer NOT NULL,
	tally text NOT NULL,
	lines text NOT NULL,
	PRIMARY KEY (call_id, page)
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO ledger_pages (call_id, page, tally, lines)
SELECT call_id, seq / 100,
	json_object(
		'queued', count(*) FILTER (WHERE state = 'queued'),
		'deferred', count(*) FILTER (WHERE state = 'deferred'),
		'sent', count(*) FILTER (WHERE state = 'sent'),
		'uncertain', count(*) FILTER (WHERE state = 'uncertain'),
		'failed', count(*) FILTER (WHERE state = 'failed'),
		'unlinked', count(*) FILTER (WHERE state = 'unlinked'),
		'blocked', count(*) FILTER (WHERE state = 'blocked'),
		'cancelled', count(*) FILTER (WHERE state = 'cancelled'),
		'answered', count(*) FILTER (WHERE state = 'answered'),
		'expired', count(*) FILTER (WHERE state = 'expired'),
		'paused', count(*) FILTER (WHERE state = 'queued' AND reason = 'paused'),
		'onTheWire', 0),
	json_group_array(json_array(user_id, lead_id, state, reason, updated_at) ORDER BY seq)
FROM old_deliveries GROUP BY call_id, seq / 100;
--> statement-breakpoint
DROP TABLE old_deliveries;
--> statement-breakpoint
CREATE VIEW deliveries AS
SELECT call_id, page, tally, page * 100 + line.key AS seq,
	line.value ->> 0 AS user_id,
	line.value ->> 1 AS lead_id,
	line.value ->> 2 AS state,
	line.value ->> 3 AS reason,
	line.value ->> 4 AS updated_at
FROM ledger_pages CROSS JOIN json_each(ledger_pages.lines) AS line;
--> statement-breakpoint
UPDATE calls SET state = 'finished' WHERE finished_at IS NOT NULL;
--> statement-breakpoint
UPDATE calls SET started_at = created_at;
