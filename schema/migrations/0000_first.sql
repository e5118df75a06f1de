CREATE TABLE `api_tokens` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`hash` text NOT NULL,
	`bots` text NOT NULL,
	`aliases` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	`last_used_at` integer,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_tokens_by_hash` ON `api_tokens` (`hash`);--> statement-breakpoint
CREATE TABLE `bots` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`username` text NOT NULL,
	`locale` text DEFAULT 'ru' NOT NULL,
	`time_zone` text DEFAULT 'Europe/Moscow' NOT NULL,
	`site_url` text NOT NULL,
	`channel_token` text NOT NULL,
	`system_url` text NOT NULL,
	`system_token` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `calls` (
	`id` text PRIMARY KEY NOT NULL,
	`bot_id` text NOT NULL,
	`alias` text NOT NULL,
	`token_id` text NOT NULL,
	`data` text NOT NULL,
	`recipients` text NOT NULL,
	`created_at` integer NOT NULL,
	`finished_at` integer
);
--> statement-breakpoint
CREATE INDEX `calls_by_bot` ON `calls` (`bot_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `calls_unfinished` ON `calls` (`created_at`) WHERE finished_at IS NULL;--> statement-breakpoint
CREATE TABLE `deliveries` (
	`call_id` text NOT NULL,
	`seq` integer NOT NULL,
	`user_id` text NOT NULL,
	`lead_id` integer,
	`state` text NOT NULL,
	`reason` text,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`call_id`, `seq`)
);
--> statement-breakpoint
CREATE TABLE `idempotency_keys` (
	`token_id` text NOT NULL,
	`bot_id` text NOT NULL,
	`key` text NOT NULL,
	`body_hash` text NOT NULL,
	`call_id` text NOT NULL,
	`answer` text,
	`created_at` integer NOT NULL,
	`running_since` integer NOT NULL,
	PRIMARY KEY(`token_id`, `bot_id`, `key`)
);
--> statement-breakpoint
CREATE INDEX `idempotency_keys_by_age` ON `idempotency_keys` (`created_at`);--> statement-breakpoint
CREATE TABLE `leads` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`bot_id` text NOT NULL,
	`channel` text NOT NULL,
	`external_id` text NOT NULL,
	`first_name` text NOT NULL,
	`last_name` text DEFAULT '' NOT NULL,
	`username` text DEFAULT '' NOT NULL,
	`person_id` integer,
	`language` text NOT NULL,
	`status` text DEFAULT 'active' NOT NULL,
	`tags` text DEFAULT '[]' NOT NULL,
	`variables` text DEFAULT '{}' NOT NULL,
	`manager` text,
	`with_operator` integer DEFAULT false NOT NULL,
	`paused_until` integer,
	`created_at` integer NOT NULL,
	`last_activity_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `leads_by_chat` ON `leads` (`bot_id`,`channel`,`external_id`);--> statement-breakpoint
CREATE INDEX `leads_by_person` ON `leads` (`person_id`);--> statement-breakpoint
CREATE TABLE `persons` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`bot_id` text NOT NULL,
	`first_name` text NOT NULL,
	`last_name` text DEFAULT '' NOT NULL,
	`patronymic` text DEFAULT '' NOT NULL,
	`role` text NOT NULL,
	`kind` text DEFAULT 'client' NOT NULL,
	`email` text DEFAULT '' NOT NULL,
	`phone` text DEFAULT '' NOT NULL,
	`organisation` text DEFAULT '' NOT NULL,
	`address` text DEFAULT '' NOT NULL,
	`country` text DEFAULT '' NOT NULL,
	`region` text DEFAULT '' NOT NULL,
	`city` text DEFAULT '' NOT NULL,
	`comment` text DEFAULT '' NOT NULL,
	`active` integer DEFAULT true NOT NULL,
	`blocked` integer DEFAULT false NOT NULL,
	`block_reason` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `persons_by_bot` ON `persons` (`bot_id`,`id`);--> statement-breakpoint
CREATE TABLE `web_users` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`bot_id` text NOT NULL,
	`buid` text NOT NULL,
	`person_id` integer NOT NULL,
	`web_user_id` text NOT NULL,
	`linked_at` integer NOT NULL,
	`unlinked_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `web_users_by_buid` ON `web_users` (`buid`);--> statement-breakpoint
CREATE UNIQUE INDEX `web_users_by_user` ON `web_users` (`bot_id`,`web_user_id`) WHERE unlinked_at IS NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `web_users_by_person` ON `web_users` (`person_id`) WHERE unlinked_at IS NULL;--> statement-breakpoint
CREATE INDEX `web_users_history` ON `web_users` (`person_id`);