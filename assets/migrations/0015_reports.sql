-- Format 15: which of the four an off-track figure asks for, and what reached whom.

ALTER TABLE narrative ADD COLUMN recommends TEXT CHECK (
    recommends IN ('messaging', 'onboarding')
    OR recommends IN ('segment-focus', 'product-scope'));

CREATE TABLE touch (
    id         TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    owner      TEXT NOT NULL REFERENCES item(id),
    position   INTEGER NOT NULL CHECK (position > 0),
    what       TEXT NOT NULL,
    reached_on TEXT CHECK (reached_on GLOB '????-??-??' AND date(reached_on) = reached_on),
    note       TEXT,
    UNIQUE (owner, position)
) STRICT, WITHOUT ROWID;

-- The history of parts, by their tables.
DROP INDEX chg_of_part;
CREATE INDEX chg_of_part ON chg(pk) WHERE col IS NULL AND (tbl IN ('decision_option', 'decision_framing') OR tbl IN ('prewire', 'objection_raised') OR tbl IN ('pushback', 'section') OR tbl IN ('blocker', 'override') OR tbl IN ('version', 'displacement') OR tbl IN ('verdict', 'observation') OR tbl IN ('factor', 'agreement') OR tbl IN ('rebase', 'narrative') OR tbl IN ('confidence', 'basis') OR tbl IN ('definition', 'response') OR tbl IN ('call_score', 'trial') OR tbl IN ('swap', 'audit') OR tbl IN ('promise', 'look') OR tbl = 'touch');
