-- Schema 3: when a person decided how files with these headers are read, and which kind of source they are.
ALTER TABLE recipe ADD COLUMN kind TEXT NOT NULL DEFAULT '';       -- as in source; '': nobody chose it
ALTER TABLE recipe ADD COLUMN decided TEXT NOT NULL DEFAULT '';    -- ISO date

-- A source that was really removed: nothing but this row is left of it, so that its number is never used again.
ALTER TABLE source ADD COLUMN purged TEXT;   -- ISO date, or NULL
