-- Schema 2: everything that a reading was told by a person stays with it.

-- Whose source it is, from which network; what was answered when it was read; when it is to be removed at the latest.
ALTER TABLE source ADD COLUMN owner TEXT NOT NULL DEFAULT '';
ALTER TABLE source ADD COLUMN network TEXT NOT NULL DEFAULT '';
ALTER TABLE source ADD COLUMN answers TEXT NOT NULL DEFAULT '{}';  -- JSON: {question id: choice}
ALTER TABLE source ADD COLUMN remove_by TEXT;                      -- ISO date, or NULL

-- A person's own decisions about files with the same headers, found again by them.
CREATE TABLE recipe (
    id          TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL UNIQUE,  -- SHA-256 of the header words
    title       TEXT NOT NULL,
    reader      TEXT NOT NULL,         -- id of the source that reads the file
    answers     TEXT NOT NULL,         -- JSON: {question id: choice}
    perspective TEXT NOT NULL,
    owner       TEXT NOT NULL DEFAULT '',
    network     TEXT NOT NULL DEFAULT ''
) STRICT;

-- Which theme a category of field reports and events belongs to, when a person has said so.
CREATE TABLE category_theme (
    category TEXT PRIMARY KEY,         -- lower case
    theme    TEXT NOT NULL
) STRICT;

-- One row per event in a list of events; questions count them.
CREATE TABLE event (
    id        INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES source (id),
    sheet     INTEGER NOT NULL,
    "row"     INTEGER NOT NULL,        -- physical line in the sheet, from 1
    area_id   INTEGER REFERENCES area (id),
    date      TEXT,                    -- ISO date or month
    time      TEXT,
    category  TEXT NOT NULL,
    place     TEXT
) STRICT;
CREATE INDEX event_source ON event (source_id, category);
