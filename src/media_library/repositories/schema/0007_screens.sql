-- Shared screens ask again who is watching when nobody touched them for a while.

-- when somebody last touched the screen, or something last played there
ALTER TABLE sessions ADD COLUMN touched_at INTEGER NOT NULL DEFAULT 0;
UPDATE sessions SET touched_at = last_seen_at;
-- after how many minutes without a touch it asks who is watching, 0 never; NULL: as the household says
ALTER TABLE sessions ADD COLUMN ask_after_minutes INTEGER;
