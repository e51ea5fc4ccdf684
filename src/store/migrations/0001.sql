-- Schema 1. docs/file-format.md describes every table; a test keeps the two together.
-- Rows that people edit or exchange have a UUIDv7 as id; values hang on their series and source.

CREATE TABLE setting (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- The municipalities this file is about; several can share one agreement.
CREATE TABLE municipality (
    id       TEXT PRIMARY KEY,
    name     TEXT NOT NULL UNIQUE,
    code     TEXT,              -- SCB, four digits; NULL for a practice municipality
    practice INTEGER NOT NULL DEFAULT 0,
    position INTEGER NOT NULL
) STRICT;

-- One import batch. Undoing an import flips `live`; nothing hangs in the air.
CREATE TABLE source (
    id          INTEGER PRIMARY KEY,
    perspective TEXT NOT NULL CHECK (perspective IN ('municipality', 'police', 'residents', 'reference')),
    kind        TEXT NOT NULL CHECK (kind IN ('statistics', 'survey', 'field_reports', 'events', 'dialogue', 'manual')),
    title       TEXT NOT NULL,
    publisher   TEXT NOT NULL,
    recipe      TEXT,
    file_name   TEXT NOT NULL,
    sha256      TEXT NOT NULL,
    retrieved   TEXT NOT NULL,  -- ISO date
    report      TEXT NOT NULL,  -- JSON: the import report as the person saw it
    period      TEXT,           -- survey: when it was answered, e.g. 2025
    sent_out    INTEGER,        -- survey: how many were asked, if known
    live        INTEGER NOT NULL DEFAULT 1
) STRICT;

-- The grid as read, in deflated blocks of rows, so that a figure can show its cell in its surroundings.
-- Deflated text: one line per row, U+001F between cells (src/import/grid.rs tells how a cell is written).
CREATE TABLE grid_block (
    source_id  INTEGER NOT NULL REFERENCES source (id),
    sheet      INTEGER NOT NULL,
    sheet_name TEXT NOT NULL,
    first_row  INTEGER NOT NULL,  -- physical line, from 1
    data       BLOB NOT NULL,
    PRIMARY KEY (source_id, sheet, first_row)
) STRICT, WITHOUT ROWID;

CREATE TABLE area (
    id    INTEGER PRIMARY KEY,
    level TEXT NOT NULL,
    name  TEXT NOT NULL,
    code  TEXT,
    UNIQUE (level, name, code)
) STRICT;

CREATE TABLE indicator (
    id   INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE   -- outermost first, separated by ' › '
) STRICT;

CREATE TABLE dataset (
    id        INTEGER PRIMARY KEY,
    publisher TEXT NOT NULL,
    name      TEXT NOT NULL,
    UNIQUE (publisher, name)
) STRICT;

CREATE TABLE period (
    id    INTEGER PRIMARY KEY,
    label TEXT NOT NULL UNIQUE,
    start TEXT NOT NULL,        -- ISO date
    "end" TEXT NOT NULL         -- ISO date, inclusive
) STRICT;

CREATE TABLE missing_symbol (
    id     INTEGER PRIMARY KEY,
    symbol TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE series (
    id           INTEGER PRIMARY KEY,
    dataset_id   INTEGER NOT NULL REFERENCES dataset (id),
    area_id      INTEGER NOT NULL REFERENCES area (id),
    indicator_id INTEGER NOT NULL REFERENCES indicator (id),
    breakdown    TEXT NOT NULL, -- JSON object, '{}' for none
    unit         TEXT NOT NULL,
    UNIQUE (indicator_id, area_id, unit, breakdown, dataset_id)
) STRICT;

-- One row per value. Append-only per source; the current value is that of the newest live source.
CREATE TABLE observation (
    series_id   INTEGER NOT NULL REFERENCES series (id),
    period_id   INTEGER NOT NULL REFERENCES period (id),
    source_id   INTEGER NOT NULL REFERENCES source (id),
    value       REAL,           -- NULL where the source gives none
    missing_id  INTEGER REFERENCES missing_symbol (id),
    preliminary INTEGER NOT NULL,
    sheet       INTEGER NOT NULL,
    "row"       INTEGER NOT NULL, -- physical line in the sheet, from 1
    "column"    INTEGER NOT NULL, -- from 1
    PRIMARY KEY (series_id, period_id, source_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE survey_question (
    id        INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES source (id),
    position  INTEGER NOT NULL,
    text      TEXT NOT NULL,
    role      TEXT NOT NULL,
    options   TEXT NOT NULL,    -- JSON array, in the scale's order
    "column"  INTEGER NOT NULL,
    UNIQUE (source_id, position)
) STRICT;

-- One row per respondent and answer.
CREATE TABLE survey_response (
    source_id   INTEGER NOT NULL REFERENCES source (id),
    question_id INTEGER NOT NULL REFERENCES survey_question (id),
    "row"       INTEGER NOT NULL,
    part        INTEGER NOT NULL, -- 0, or the place in a multi answer
    answer      TEXT NOT NULL,
    PRIMARY KEY (question_id, "row", part)
) STRICT, WITHOUT ROWID;

CREATE TABLE field_report (
    id          INTEGER PRIMARY KEY,
    source_id   INTEGER NOT NULL REFERENCES source (id),
    sheet       INTEGER NOT NULL,
    "row"       INTEGER NOT NULL,
    date        TEXT,
    time        TEXT,
    part_of_day TEXT,
    place       TEXT,
    category    TEXT NOT NULL,
    text        TEXT,
    reporter    TEXT,           -- a function, never a name
    seriousness INTEGER,
    count       INTEGER NOT NULL
) STRICT;
CREATE INDEX field_report_source ON field_report (source_id, category);

-- Words from dialogues and the police's own assessment.
CREATE TABLE note (
    id          TEXT PRIMARY KEY,
    kind        TEXT NOT NULL CHECK (kind IN ('citizen_dialogue', 'staff_dialogue', 'police_assessment')),
    date        TEXT,
    place       TEXT,
    text        TEXT NOT NULL,
    theme       TEXT
) STRICT;

CREATE TABLE problem (
    id          TEXT PRIMARY KEY,
    title       TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    theme       TEXT,
    position    INTEGER NOT NULL
) STRICT;

-- A question with the answer it had on the day it was used; never changed.
CREATE TABLE figure (
    id         TEXT PRIMARY KEY,
    problem_id TEXT REFERENCES problem (id) ON DELETE CASCADE,
    number     INTEGER NOT NULL UNIQUE,  -- what people say: "figur 7"
    pinned     TEXT NOT NULL,            -- ISO date
    version    INTEGER NOT NULL,
    question   TEXT NOT NULL,            -- JSON
    answer     TEXT NOT NULL             -- JSON
) STRICT;

CREATE TABLE criterion (
    id       TEXT PRIMARY KEY,
    name     TEXT NOT NULL,
    help     TEXT NOT NULL,
    computed TEXT,              -- extent | trend | deviation | NULL: judged by the group
    position INTEGER NOT NULL
) STRICT;

CREATE TABLE assessment (
    problem_id   TEXT NOT NULL REFERENCES problem (id) ON DELETE CASCADE,
    criterion_id TEXT NOT NULL REFERENCES criterion (id) ON DELETE CASCADE,
    level        INTEGER NOT NULL CHECK (level BETWEEN 1 AND 4),
    note         TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (problem_id, criterion_id)
) STRICT;

CREATE TABLE round (
    id       TEXT PRIMARY KEY,
    title    TEXT NOT NULL,
    voters   INTEGER NOT NULL,
    started  TEXT NOT NULL,
    revealed TEXT               -- ISO time; votes are hidden until then
) STRICT;

CREATE TABLE round_problem (
    round_id   TEXT NOT NULL REFERENCES round (id) ON DELETE CASCADE,
    problem_id TEXT NOT NULL REFERENCES problem (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    PRIMARY KEY (round_id, problem_id)
) STRICT;

-- Rounds whose result has been seen. Never undone: who has seen a result can no longer vote in it.
CREATE TABLE round_seen (
    round_id TEXT PRIMARY KEY,
    at       TEXT NOT NULL
) STRICT;

-- One paper slip. `live` is flipped on correction, so that its content never reaches the history. It points at its round
-- without a foreign key: undoing the start of a round must not delete slips that redoing it needs again.
CREATE TABLE ballot (
    id       TEXT PRIMARY KEY,
    round_id TEXT NOT NULL,
    slip     INTEGER NOT NULL,
    scores   TEXT NOT NULL,     -- JSON: {problem id: 1–5}
    live     INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE decision (
    id           TEXT PRIMARY KEY,
    problem_id   TEXT NOT NULL UNIQUE REFERENCES problem (id) ON DELETE CASCADE,
    outcome      TEXT NOT NULL CHECK (outcome IN ('prioritised', 'deprioritised', 'parked')),
    reason       TEXT NOT NULL,
    reservations TEXT NOT NULL DEFAULT '',
    present      TEXT NOT NULL DEFAULT '',
    date         TEXT NOT NULL
) STRICT;

CREATE TABLE party (
    id        TEXT PRIMARY KEY,
    kind      TEXT NOT NULL CHECK (kind IN ('municipality', 'police', 'region', 'authority', 'company', 'association')),
    name      TEXT NOT NULL,
    signatory TEXT NOT NULL DEFAULT '',  -- title of who signs, e.g. kommunstyrelsens ordförande
    position  INTEGER NOT NULL
) STRICT;

CREATE TABLE agreement (
    id            TEXT PRIMARY KEY,
    title         TEXT NOT NULL,
    purpose       TEXT NOT NULL DEFAULT '',
    follow_up     TEXT NOT NULL DEFAULT '',
    validity      TEXT NOT NULL,         -- JSON: the rule; its sentence is generated
    registry      TEXT NOT NULL DEFAULT '',
    decided       TEXT
) STRICT;

CREATE TABLE focus_area (
    id          TEXT PRIMARY KEY,
    decision_id TEXT REFERENCES decision (id) ON DELETE SET NULL,
    name        TEXT NOT NULL,
    cause       TEXT NOT NULL DEFAULT '',
    position    INTEGER NOT NULL
) STRICT;

CREATE TABLE goal (
    id            TEXT PRIMARY KEY,
    focus_area_id TEXT REFERENCES focus_area (id) ON DELETE CASCADE,  -- NULL: an overall goal
    kind          TEXT NOT NULL CHECK (kind IN ('outcome', 'process', 'output')),
    text          TEXT NOT NULL,
    figure_id     TEXT REFERENCES figure (id) ON DELETE SET NULL,
    position      INTEGER NOT NULL
) STRICT;

CREATE TABLE commitment (
    id            TEXT PRIMARY KEY,
    focus_area_id TEXT REFERENCES focus_area (id) ON DELETE CASCADE,
    text          TEXT NOT NULL,
    count         INTEGER,
    per           TEXT CHECK (per IN ('year', 'half_year', 'quarter', 'month', 'week')),
    due           TEXT,
    public        INTEGER NOT NULL DEFAULT 0,
    position      INTEGER NOT NULL
) STRICT;

CREATE TABLE commitment_party (
    commitment_id TEXT NOT NULL REFERENCES commitment (id) ON DELETE CASCADE,
    party_id      TEXT NOT NULL REFERENCES party (id) ON DELETE CASCADE,
    PRIMARY KEY (commitment_id, party_id)
) STRICT;

CREATE TABLE check_in (
    id            TEXT PRIMARY KEY,
    commitment_id TEXT NOT NULL REFERENCES commitment (id) ON DELETE CASCADE,
    date          TEXT NOT NULL,
    status        TEXT NOT NULL CHECK (status IN ('done', 'under_way', 'behind', 'not_started')),
    note          TEXT NOT NULL DEFAULT ''
) STRICT;

-- Every operation, with what is needed to undo it (never a ballot, never a value from a file).
CREATE TABLE history (
    id    INTEGER PRIMARY KEY,
    at    TEXT NOT NULL,
    op    TEXT NOT NULL,
    label TEXT NOT NULL,        -- Swedish
    state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'gone'))
) STRICT;

CREATE TABLE history_step (
    history_id INTEGER NOT NULL REFERENCES history (id) ON DELETE CASCADE,
    seq        INTEGER NOT NULL,
    sql        TEXT NOT NULL,
    PRIMARY KEY (history_id, seq)
) STRICT, WITHOUT ROWID;

-- For anybody with a SQLite tool: every current value in long form.
CREATE VIEW current_value AS
SELECT d.publisher, d.name AS dataset, a.name AS area, a.code AS area_code, a.level AS area_level, i.path AS indicator, s.breakdown, s.unit,
       p.label AS period, p.start AS period_start, o.value, m.symbol AS missing, o.preliminary, o.source_id, o.sheet, o."row", o."column",
       o.series_id, o.period_id
FROM observation o
JOIN source so ON so.id = o.source_id AND so.live = 1
JOIN series s ON s.id = o.series_id
JOIN dataset d ON d.id = s.dataset_id
JOIN area a ON a.id = s.area_id
JOIN indicator i ON i.id = s.indicator_id
JOIN period p ON p.id = o.period_id
LEFT JOIN missing_symbol m ON m.id = o.missing_id
WHERE NOT EXISTS (
    SELECT 1 FROM observation n JOIN source ns ON ns.id = n.source_id AND ns.live = 1
    WHERE n.series_id = o.series_id AND n.period_id = o.period_id AND n.source_id > o.source_id
);
