-- Format 11: metrics with what they mean, their readings, and what is said about them.

CREATE TABLE metric (
    id             TEXT PRIMARY KEY NOT NULL REFERENCES item(id),
    catalogue      TEXT,
    definition     TEXT,
    reading        TEXT CHECK (reading IN ('number', 'qualitative')),
    unit           TEXT CHECK (
        unit IN ('percent', 'money')
        OR unit IN ('points', 'days')
        OR unit IN ('hours', 'weeks')
        OR unit IN ('count', 'score')),
    direction      TEXT CHECK (direction IN ('up', 'down') OR direction = 'range'),
    timing         TEXT CHECK (timing IN ('leading', 'lagging')),
    accountability TEXT CHECK (
        accountability IN ('direct', 'shared') OR accountability = 'collaboration'),
    contribution   TEXT,
    cadence        TEXT CHECK (
        cadence IN ('daily', 'weekly') OR cadence IN ('monthly', 'quarterly')),
    baseline       REAL,
    target         REAL,
    low            REAL,
    high           REAL,
    starts_on      TEXT CHECK (starts_on GLOB '????-??-??' AND date(starts_on) = starts_on),
    due            TEXT CHECK (due GLOB '????-??-??' AND date(due) = due),
    parent         TEXT REFERENCES item(id),
    level          TEXT CHECK (level IN ('team', 'company')),
    segment        TEXT,
    channel        TEXT,
    rival          TEXT,
    after_stage    TEXT,
    currency       TEXT,
    primary_for    TEXT REFERENCES item(id),
    primary_reason TEXT,
    review_on      TEXT CHECK (review_on GLOB '????-??-??' AND date(review_on) = review_on),
    watch          TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX metric_parent ON metric(parent) WHERE parent IS NOT NULL;
CREATE INDEX metric_primary ON metric(primary_for) WHERE primary_for IS NOT NULL;

ALTER TABLE outcome ADD COLUMN measured_by TEXT REFERENCES item(id);
CREATE INDEX outcome_measured_by ON outcome(measured_by) WHERE measured_by IS NOT NULL;

CREATE TABLE observation (
    id          TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    owner       TEXT NOT NULL REFERENCES item(id),
    position    INTEGER NOT NULL CHECK (position > 0),
    period      TEXT NOT NULL,
    value       REAL,
    k           INTEGER CHECK (k >= 0),
    n           INTEGER CHECK (n >= k),
    recorded_on TEXT CHECK (recorded_on GLOB '????-??-??' AND date(recorded_on) = recorded_on),
    source      TEXT CHECK (source IN ('hand', 'import') OR source IN ('file', 'command')),
    note        TEXT,
    UNIQUE (owner, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE factor (
    id       TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    owner    TEXT NOT NULL REFERENCES item(id),
    position INTEGER NOT NULL CHECK (position > 0),
    text     TEXT NOT NULL,
    from_on  TEXT CHECK (from_on GLOB '????-??-??' AND date(from_on) = from_on),
    to_on    TEXT CHECK (to_on GLOB '????-??-??' AND date(to_on) = to_on),
    kind     TEXT CHECK (
        kind IN ('market', 'competitor')
        OR kind IN ('price', 'season')
        OR kind IN ('product', 'other')),
    size     TEXT,
    UNIQUE (owner, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE agreement (
    id        TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    owner     TEXT NOT NULL REFERENCES item(id),
    position  INTEGER NOT NULL CHECK (position > 0),
    person    TEXT NOT NULL REFERENCES item(id),
    agreed_on TEXT CHECK (agreed_on GLOB '????-??-??' AND date(agreed_on) = agreed_on),
    notes     TEXT,
    UNIQUE (owner, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX agreement_person ON agreement(person);

CREATE TABLE rebase (
    id       TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    owner    TEXT NOT NULL REFERENCES item(id),
    position INTEGER NOT NULL CHECK (position > 0),
    reason   TEXT NOT NULL,
    from_on  TEXT CHECK (from_on GLOB '????-??-??' AND date(from_on) = from_on),
    UNIQUE (owner, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE narrative (
    id       TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    owner    TEXT NOT NULL REFERENCES item(id),
    position INTEGER NOT NULL CHECK (position > 0),
    period   TEXT NOT NULL,
    notes    TEXT,
    market   TEXT,
    decide   TEXT,
    UNIQUE (owner, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE confidence (
    id       TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    owner    TEXT NOT NULL REFERENCES item(id),
    position INTEGER NOT NULL CHECK (position > 0),
    level    INTEGER NOT NULL CHECK (level BETWEEN 1 AND 10),
    said_on  TEXT CHECK (said_on GLOB '????-??-??' AND date(said_on) = said_on),
    note     TEXT,
    UNIQUE (owner, position)
) STRICT, WITHOUT ROWID;

INSERT INTO state (kind, slug) VALUES
    ('metric', 'proposed'), ('metric', 'agreed'), ('metric', 'retired');

-- The journal of parts, looked up by their keys.
DROP INDEX chg_of_part;
CREATE INDEX chg_of_part ON chg(pk) WHERE col IS NULL AND (tbl IN ('decision_option', 'decision_framing') OR tbl IN ('prewire', 'objection_raised') OR tbl IN ('pushback', 'section') OR tbl IN ('blocker', 'override') OR tbl IN ('version', 'displacement') OR tbl IN ('verdict', 'observation') OR tbl IN ('factor', 'agreement') OR tbl IN ('rebase', 'narrative') OR tbl = 'confidence');
