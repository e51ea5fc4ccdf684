-- Schema 3: what people know about files, surveys, events, reports and notes beyond what these say themselves.

-- The municipality that a survey or a list is about, where neither its rows nor the file itself say it. NULL: the file's own.
ALTER TABLE source ADD COLUMN area TEXT;

-- A question asked over several columns, one per choice, ends at `last_column`; `outside`: answers beside the scale ("Vet ej");
-- `worst`: the end of the scale that is the bad one.
ALTER TABLE survey_question ADD COLUMN sheet INTEGER NOT NULL DEFAULT 0;
ALTER TABLE survey_question ADD COLUMN last_column INTEGER;
ALTER TABLE survey_question ADD COLUMN outside TEXT NOT NULL DEFAULT '[]';
ALTER TABLE survey_question ADD COLUMN worst TEXT NOT NULL DEFAULT '';      -- first | last | ''

-- How many events a row tells of.
ALTER TABLE event ADD COLUMN count INTEGER NOT NULL DEFAULT 1;

ALTER TABLE note ADD COLUMN owner TEXT NOT NULL DEFAULT '';
ALTER TABLE note ADD COLUMN network TEXT NOT NULL DEFAULT '';
ALTER TABLE note ADD COLUMN municipality TEXT;

-- Reports written by hand in the program.
CREATE TABLE own_report (
    id           TEXT PRIMARY KEY,
    source_id    INTEGER NOT NULL REFERENCES source (id),
    number       INTEGER NOT NULL,     -- from 1 within its source; stands for the row
    municipality TEXT,
    date         TEXT,
    time         TEXT,
    part_of_day  TEXT,
    place        TEXT,
    category     TEXT NOT NULL,
    text         TEXT,
    reporter     TEXT,
    seriousness  INTEGER
) STRICT;

-- When a person decided how files with these headers are read, and which kind of source they are.
ALTER TABLE recipe ADD COLUMN kind TEXT NOT NULL DEFAULT '';       -- as in source; '': nobody chose it
ALTER TABLE recipe ADD COLUMN decided TEXT NOT NULL DEFAULT '';    -- ISO date

-- A source that was really removed: nothing but this row is left of it, so that its number is never used again.
ALTER TABLE source ADD COLUMN purged TEXT;   -- ISO date, or NULL
