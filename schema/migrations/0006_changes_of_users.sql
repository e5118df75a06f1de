ALTER TABLE `bots` ADD `quiet_from` text;--> statement-breakpoint
ALTER TABLE `bots` ADD `quiet_until` text;--> statement-breakpoint
ALTER TABLE `calls` ADD `found` text;--> statement-breakpoint
CREATE INDEX `leads_by_former_person` ON `leads` (`moved_from`) WHERE moved_from IS NOT NULL;--> statement-breakpoint
CREATE INDEX `web_users_of_user` ON `web_users` (`bot_id`,`web_user_id`);