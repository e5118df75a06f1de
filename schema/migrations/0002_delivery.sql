CREATE TABLE `dead_letters` (
	`id` text PRIMARY KEY NOT NULL,
	`bot_id` text,
	`kind` text NOT NULL,
	`call_id` text,
	`seq` integer,
	`queue` text,
	`body` text,
	`reason` text NOT NULL,
	`cause` text,
	`created_at` integer NOT NULL,
	`redriven_at` integer
);
--> statement-breakpoint
CREATE INDEX `dead_letters_by_bot` ON `dead_letters` (`bot_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `ledger_pages` (
	`call_id` text NOT NULL,
	`page` integer NOT NULL,
	`tally` text NOT NULL,
	`lines` text NOT NULL,
	PRIMARY KEY(`call_id`, `page`)
);
--> statement-breakpoint
DROP TABLE `deliveries`;--> statement-breakpoint
DROP INDEX `calls_unfinished`;--> statement-breakpoint
ALTER TABLE `calls` ADD `state` text DEFAULT 'running' NOT NULL;--> statement-breakpoint
ALTER TABLE `calls` ADD `critical` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `calls` ADD `send_at` integer;--> statement-breakpoint
ALTER TABLE `calls` ADD `expires_at` integer;--> statement-breakpoint
ALTER TABLE `calls` ADD `rule` text;--> statement-breakpoint
ALTER TABLE `calls` ADD `leads_told` text DEFAULT 'recent' NOT NULL;--> statement-breakpoint
ALTER TABLE `calls` ADD `walk` text;--> statement-breakpoint
ALTER TABLE `calls` ADD `started_at` integer;--> statement-breakpoint
CREATE INDEX `calls_unfinished` ON `calls` (`created_at`) WHERE state IN ('scheduled', 'resolving', 'running');--> statement-breakpoint
ALTER TABLE `api_tokens` ADD `calls_per_minute` integer DEFAULT 600;--> statement-breakpoint
ALTER TABLE `api_tokens` ADD `minute` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `api_tokens` ADD `calls_in_minute` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `bots` ADD `per_second` integer DEFAULT 30 NOT NULL;--> statement-breakpoint
ALTER TABLE `bots` ADD `paid_broadcast` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `bots` ADD `per_person_daily` integer;--> statement-breakpoint
ALTER TABLE `bots` ADD `retention_days` integer DEFAULT 90 NOT NULL;--> statement-breakpoint
ALTER TABLE `leads` ADD `moved_at` integer;--> statement-breakpoint
ALTER TABLE `leads` ADD `moved_from` integer;--> statement-breakpoint
CREATE INDEX `leads_by_move` ON `leads` (`moved_at`) WHERE moved_at IS NOT NULL;