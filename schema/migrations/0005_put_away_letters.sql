DROP INDEX `calls_unfinished`;--> statement-breakpoint
CREATE INDEX `calls_unfinished` ON `calls` (`send_at`,`created_at`) WHERE state IN ('scheduled', 'resolving', 'running');--> statement-breakpoint
DROP INDEX `dead_letters_by_bot`;--> statement-breakpoint
ALTER TABLE `dead_letters` ADD `dismissed_at` integer;--> statement-breakpoint
CREATE INDEX `dead_letters_waiting` ON `dead_letters` (`bot_id`) WHERE redriven_at IS NULL AND dismissed_at IS NULL;--> statement-breakpoint
CREATE INDEX `dead_letters_of_call` ON `dead_letters` (`call_id`) WHERE redriven_at IS NULL AND dismissed_at IS NULL;--> statement-breakpoint
CREATE INDEX `dead_letters_by_bot` ON `dead_letters` (`bot_id`,`created_at`,`id`);