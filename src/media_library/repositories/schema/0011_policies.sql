-- What is kept of a podcast can be taken back before anything is removed for it.

-- since when its rules are what they are, 0 for those that it was followed with
ALTER TABLE podcasts ADD COLUMN policy_at INTEGER NOT NULL DEFAULT 0;
