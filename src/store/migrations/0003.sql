-- Schema 3: when a person decided how files with these headers are read, and which kind of source they are.
ALTER TABLE recipe ADD COLUMN kind TEXT NOT NULL DEFAULT '';       -- as in source; '': nobody chose it
ALTER TABLE recipe ADD COLUMN decided TEXT NOT NULL DEFAULT '';    -- ISO date
