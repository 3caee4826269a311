-- Format 4: decisions in full: the frame, options, pre-wires, the bet and its review; commitments.

ALTER TABLE person ADD COLUMN function TEXT CHECK (function IN ('product', 'sales', 'growth', 'cs',
    'leadership', 'marketing', 'other'));
ALTER TABLE person ADD COLUMN influence INTEGER CHECK (influence BETWEEN 1 AND 3);

ALTER TABLE decision ADD COLUMN happening TEXT;
ALTER TABLE decision ADD COLUMN matters TEXT;
ALTER TABLE decision ADD COLUMN now TEXT;
ALTER TABLE decision ADD COLUMN risk TEXT;
ALTER TABLE decision ADD COLUMN recommendation TEXT CHECK (recommendation IN ('a', 'b', 'c'));
ALTER TABLE decision ADD COLUMN signal TEXT;
ALTER TABLE decision ADD COLUMN signal_metric TEXT;
ALTER TABLE decision ADD COLUMN reads_on TEXT CHECK (reads_on GLOB '????-??-??' AND date(reads_on) = reads_on);
ALTER TABLE decision ADD COLUMN probability INTEGER CHECK (probability BETWEEN 0 AND 100);
ALTER TABLE decision ADD COLUMN default_text TEXT;
ALTER TABLE decision ADD COLUMN default_on TEXT CHECK (default_on GLOB '????-??-??' AND date(default_on) = default_on);
ALTER TABLE decision ADD COLUMN chosen TEXT CHECK (chosen IN ('a', 'b', 'c'));
ALTER TABLE decision ADD COLUMN decided_at TEXT;
ALTER TABLE decision ADD COLUMN review_on TEXT CHECK (review_on GLOB '????-??-??' AND date(review_on) = review_on);
ALTER TABLE decision ADD COLUMN happened TEXT;
ALTER TABLE decision ADD COLUMN worked TEXT CHECK (worked IN ('yes', 'partly', 'no'));
ALTER TABLE decision ADD COLUMN lesson TEXT;
ALTER TABLE decision ADD COLUMN reviewed_on TEXT CHECK (reviewed_on GLOB '????-??-??' AND date(reviewed_on) = reviewed_on);
ALTER TABLE decision ADD COLUMN escalated_on TEXT CHECK (escalated_on GLOB '????-??-??' AND date(escalated_on) = escalated_on);
ALTER TABLE decision ADD COLUMN escalation TEXT;
ALTER TABLE decision ADD COLUMN superseded_by TEXT REFERENCES item(id);
CREATE INDEX decision_superseded_by ON decision(superseded_by) WHERE superseded_by IS NOT NULL;
CREATE INDEX decision_review ON decision(review_on) WHERE review_on IS NOT NULL AND reviewed_on IS NULL;
CREATE INDEX decision_decided ON decision(decided_on) WHERE decided_on IS NOT NULL;

CREATE TABLE commitment (
    id      TEXT PRIMARY KEY NOT NULL REFERENCES item(id),
    "to"    TEXT REFERENCES item(id),
    due     TEXT CHECK (due GLOB '????-??-??' AND date(due) = due),
    kept_on TEXT CHECK (kept_on GLOB '????-??-??' AND date(kept_on) = kept_on)
) STRICT, WITHOUT ROWID;
CREATE INDEX commitment_to ON commitment("to") WHERE "to" IS NOT NULL;

-- Parts: what an item consists of, in the order of their positions.
CREATE TABLE decision_option (
    id       TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    owner    TEXT NOT NULL REFERENCES item(id),
    position INTEGER NOT NULL CHECK (position BETWEEN 1 AND 3),
    text     TEXT NOT NULL,
    gains    TEXT,
    gives_up TEXT,
    cost     INTEGER CHECK (cost >= 0),
    spend    TEXT,
    risk     TEXT,
    UNIQUE (owner, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE decision_framing (
    id       TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    owner    TEXT NOT NULL REFERENCES item(id),
    position INTEGER NOT NULL CHECK (position > 0),
    function TEXT NOT NULL CHECK (function IN ('product', 'sales', 'growth', 'cs', 'leadership',
                 'marketing', 'other')),
    text     TEXT,
    UNIQUE (owner, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE prewire (
    id         TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    owner      TEXT NOT NULL REFERENCES item(id),
    position   INTEGER NOT NULL CHECK (position > 0),
    person     TEXT NOT NULL REFERENCES item(id),
    planned_on TEXT CHECK (planned_on GLOB '????-??-??' AND date(planned_on) = planned_on),
    held_on    TEXT CHECK (held_on GLOB '????-??-??' AND date(held_on) = held_on),
    channel    TEXT,
    stance     TEXT CHECK (stance IN ('for', 'conditions', 'against', 'unknown')),
    notes      TEXT,
    UNIQUE (owner, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX prewire_person ON prewire(person);

CREATE TABLE objection_raised (
    id       TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    owner    TEXT NOT NULL REFERENCES item(id),
    position INTEGER NOT NULL CHECK (position > 0),
    text     TEXT NOT NULL,
    person   TEXT REFERENCES item(id),
    status   TEXT CHECK (status IN ('open', 'resolved', 'accepted')),
    answer   TEXT,
    UNIQUE (owner, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX objection_person ON objection_raised(person) WHERE person IS NOT NULL;

CREATE TABLE pushback (
    id       TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    owner    TEXT NOT NULL REFERENCES item(id),
    position INTEGER NOT NULL CHECK (position > 0),
    text     TEXT NOT NULL,
    instead  TEXT,
    said_on  TEXT CHECK (said_on GLOB '????-??-??' AND date(said_on) = said_on),
    result   TEXT CHECK (result IN ('changed', 'stood', 'ignored')),
    UNIQUE (owner, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE section (
    id       TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    owner    TEXT NOT NULL REFERENCES item(id),
    position INTEGER NOT NULL CHECK (position > 0),
    heading  TEXT NOT NULL,
    template TEXT,
    text     TEXT,
    UNIQUE (owner, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE blocker (
    id         TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    owner      TEXT NOT NULL REFERENCES item(id),
    position   INTEGER NOT NULL CHECK (position > 0),
    cause      TEXT NOT NULL,
    moved_from TEXT CHECK (moved_from GLOB '????-??-??' AND date(moved_from) = moved_from),
    moved_to   TEXT CHECK (moved_to GLOB '????-??-??' AND date(moved_to) = moved_to),
    noted_on   TEXT CHECK (noted_on GLOB '????-??-??' AND date(noted_on) = noted_on),
    UNIQUE (owner, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX blocker_noted ON blocker(noted_on) WHERE noted_on IS NOT NULL;

CREATE TABLE override (
    id       TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    owner    TEXT NOT NULL REFERENCES item(id),
    position INTEGER NOT NULL CHECK (position > 0),
    reason   TEXT NOT NULL,
    rule     TEXT,
    person   TEXT,
    given_at TEXT,
    missing  TEXT,
    UNIQUE (owner, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE version (
    id          TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    owner       TEXT NOT NULL REFERENCES item(id),
    position    INTEGER NOT NULL CHECK (position > 0),
    record      TEXT NOT NULL,
    reason      TEXT,
    decided_on  TEXT CHECK (decided_on GLOB '????-??-??' AND date(decided_on) = decided_on),
    reopened_on TEXT CHECK (reopened_on GLOB '????-??-??' AND date(reopened_on) = reopened_on),
    UNIQUE (owner, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX version_reopened ON version(reopened_on) WHERE reopened_on IS NOT NULL;

INSERT INTO state (kind, slug) VALUES
    ('commitment', 'open'), ('commitment', 'kept'), ('commitment', 'broken');

-- The journal of parts, looked up by their keys.
CREATE INDEX chg_of_part ON chg(pk) WHERE col IS NULL AND (tbl IN ('decision_option', 'decision_framing') OR tbl IN ('prewire', 'objection_raised') OR tbl IN ('pushback', 'section') OR tbl IN ('blocker', 'override') OR tbl = 'version');
