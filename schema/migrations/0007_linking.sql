CREATE TABLE `link_tokens` (
	`hash` text PRIMARY KEY NOT NULL,
	`bot_id` text NOT NULL,
	`kind` text NOT NULL,
	`web_user_id` text,
	`lead_id` integer,
	`path` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
CREATE INDEX `link_tokens_by_age` ON `link_tokens` (`expires_at`);--> statement-breakpoint
CREATE INDEX `link_tokens_of_user` ON `link_tokens` (`bot_id`,`web_user_id`) WHERE web_user_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `link_tokens_of_lead` ON `link_tokens` (`lead_id`) WHERE lead_id IS NOT NULL;--> statement-breakpoint
DROP INDEX `persons_by_bot`;--> statement-breakpoint
CREATE UNIQUE INDEX `persons_of_bot` ON `persons` (`bot_id`,`id`);--> statement-breakpoint
CREATE TABLE `__new_web_users` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`bot_id` text NOT NULL,
	`buid` text NOT NULL,
	`person_id` integer NOT NULL,
	`web_user_id` text,
	`linked_at` integer,
	`unlinked_at` integer,
	FOREIGN KEY (`bot_id`,`person_id`) REFERENCES `persons`(`bot_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "web_users_linked" CHECK((web_user_id IS NULL) = (linked_at IS NULL))
);
--> statement-breakpoint
INSERT INTO `__new_web_users`("id", "bot_id", "buid", "person_id", "web_user_id", "linked_at", "unlinked_at") SELECT "id", "bot_id", "buid", "person_id", "web_user_id", "linked_at", "unlinked_at" FROM `web_users`;--> statement-breakpoint
DROP TABLE `web_users`;--> statement-breakpoint
ALTER TABLE `__new_web_users` RENAME TO `web_users`;--> statement-breakpoint
CREATE UNIQUE INDEX `web_users_by_buid` ON `web_users` (`buid`);--> statement-breakpoint
CREATE UNIQUE INDEX `web_users_by_user` ON `web_users` (`bot_id`,`web_user_id`) WHERE unlinked_at IS NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `web_users_by_person` ON `web_users` (`person_id`) WHERE unlinked_at IS NULL;--> statement-breakpoint
CREATE INDEX `web_users_history` ON `web_users` (`person_id`);--> statement-breakpoint
CREATE INDEX `web_users_of_user` ON `web_users` (`bot_id`,`web_user_id`);--> statement-breakpoint
ALTER TABLE `api_tokens` ADD `hour` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `api_tokens` ADD `wrong_pins_in_hour` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `bots` ADD `sms_gateway` text;--> statement-breakpoint
ALTER TABLE `bots` ADD `sms_credentials` text;--> statement-breakpoint
-- Written by hand, as Drizzle knows no triggers: whoever is in a chat of a bot is a person of that bot.
CREATE TRIGGER `leads_made_of_own_bot` BEFORE INSERT ON `leads`
WHEN NEW.person_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM persons WHERE id = NEW.person_id AND bot_id = NEW.bot_id)
BEGIN SELECT RAISE(ABORT, 'the person of a lead belongs to another bot'); END;--> statement-breakpoint
CREATE TRIGGER `leads_moved_in_own_bot` BEFORE UPDATE OF `person_id` ON `leads`
WHEN NEW.person_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM persons WHERE id = NEW.person_id AND bot_id = NEW.bot_id)
BEGIN SELECT RAISE(ABORT, 'the person of a lead belongs to another bot'); END;
