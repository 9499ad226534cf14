-- Plans of renames are made by jobs, a piece at a time, and looked at page by page.

-- how many items a batch renames; counting a hundred thousand steps for each look at it takes too long
ALTER TABLE renames ADD COLUMN count INTEGER NOT NULL DEFAULT 0;
UPDATE renames
SET count = (SELECT count(*) FROM rename_steps WHERE rename_id = renames.id AND title <> '');
-- what cannot be renamed, and how much that is
CREATE INDEX rename_steps_troubled ON rename_steps (rename_id, position) WHERE problem IS NOT NULL;
