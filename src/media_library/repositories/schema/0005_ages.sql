-- Ages that somebody gave to what has no certification.

-- from which age on a podcast may be heard, as somebody said
ALTER TABLE podcasts ADD COLUMN min_age INTEGER;
