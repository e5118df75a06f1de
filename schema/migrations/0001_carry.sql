-- The next migration drops `deliveries`; the one after it packs these into pages.
CREATE TABLE old_deliveries AS SELECT * FROM deliveries;
