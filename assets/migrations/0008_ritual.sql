-- Format 8: the runs of rituals, and what was said in each, a row for every verdict, so that a
-- run goes on after any of them and each is taken back by itself.

CREATE TABLE ritual (
    id          TEXT PRIMARY KEY NOT NULL REFERENCES item(id),
    ritual      TEXT CHECK (
        ritual IN ('checkin', 'monday')
        OR ritual IN ('midweek', 'friday')
        OR ritual IN ('month', 'quarter')
        OR ritual = 'standup'),
    about       TEXT CHECK (about IN ('decisions', 'assets')),
    period      TEXT,
    began_on    TEXT CHECK (began_on GLOB '????-??-??' AND date(began_on) = began_on),
    finished_on TEXT CHECK (finished_on GLOB '????-??-??' AND date(finished_on) = finished_on),
    seconds     INTEGER CHECK (seconds >= 0)
) STRICT, WITHOUT ROWID;
CREATE INDEX ritual_of ON ritual(ritual, began_on);

CREATE TABLE verdict (
    id       TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    owner    TEXT NOT NULL REFERENCES item(id),
    position INTEGER NOT NULL CHECK (position > 0),
    section  TEXT,
    about    TEXT,
    text     TEXT,
    said     TEXT NOT NULL CHECK (
        said IN ('kept', 'answered')
        OR said IN ('dropped', 'added')
        OR said IN ('done', 'skipped')),
    words    TEXT,
    driver   TEXT,
    UNIQUE (owner, position)
) STRICT, WITHOUT ROWID;

-- What was done in a run is one line of the history.
CREATE INDEX op_of_group ON op(grp) WHERE grp IS NOT NULL;

DROP INDEX chg_of_part;
CREATE INDEX chg_of_part ON chg(pk) WHERE col IS NULL AND (tbl IN ('decision_option', 'decision_framing') OR tbl IN ('prewire', 'objection_raised') OR tbl IN ('pushback', 'section') OR tbl IN ('blocker', 'override') OR tbl IN ('version', 'displacement') OR tbl = 'verdict');

INSERT INTO state (kind, slug) VALUES
    ('ritual', 'running'), ('ritual', 'finished');
