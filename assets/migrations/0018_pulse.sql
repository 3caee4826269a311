-- Format 18: how those who matter see product marketing, quarter by quarter, and what was agreed of an
-- experiment when somebody looked at it.

CREATE TABLE pulse (
    id       TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    owner    TEXT NOT NULL REFERENCES item(id),
    position INTEGER NOT NULL CHECK (position > 0),
    quarter  TEXT NOT NULL CHECK (quarter GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]'),
    level    TEXT NOT NULL CHECK (level IN ('1', '2') OR level IN ('3', '4') OR level = '5'),
    note     TEXT,
    UNIQUE (owner, position)
) STRICT, WITHOUT ROWID;

ALTER TABLE look ADD COLUMN stop_then TEXT CHECK (stop_then GLOB '????-??-??' AND date(stop_then) = stop_then);
ALTER TABLE look ADD COLUMN least_then INTEGER CHECK (least_then BETWEEN 1 AND 1000000000);

-- The history of parts, by their tables.
DROP INDEX chg_of_part;
CREATE INDEX chg_of_part ON chg(pk) WHERE col IS NULL AND (tbl IN ('decision_option', 'decision_framing') OR tbl IN ('prewire', 'objection_raised') OR tbl IN ('pushback', 'section') OR tbl IN ('blocker', 'override') OR tbl IN ('version', 'displacement') OR tbl IN ('verdict', 'observation') OR tbl IN ('factor', 'agreement') OR tbl IN ('rebase', 'narrative') OR tbl IN ('confidence', 'basis') OR tbl IN ('definition', 'response') OR tbl IN ('call_score', 'trial') OR tbl IN ('swap', 'audit') OR tbl IN ('promise', 'look') OR tbl IN ('touch', 'pulse'));
