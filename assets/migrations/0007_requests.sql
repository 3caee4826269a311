-- Format 7: requests triaged, what they displaced, and the escalation when the rule fires.

ALTER TABLE request ADD COLUMN channel TEXT;
ALTER TABLE request ADD COLUMN decision TEXT;
ALTER TABLE request ADD COLUMN signal TEXT;
ALTER TABLE request ADD COLUMN reason TEXT;
ALTER TABLE request ADD COLUMN reply TEXT;
ALTER TABLE request ADD COLUMN replied_on TEXT CHECK (replied_on GLOB '????-??-??' AND date(replied_on) = replied_on);
ALTER TABLE request ADD COLUMN deferred_until TEXT CHECK (deferred_until GLOB '????-??-??' AND date(deferred_until) = deferred_until);
ALTER TABLE request ADD COLUMN asset TEXT REFERENCES item(id);
CREATE INDEX request_asset ON request(asset) WHERE asset IS NOT NULL;
CREATE INDEX request_asked ON request(asked_on) WHERE asked_on IS NOT NULL;

CREATE TABLE displacement (
    id       TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    owner    TEXT NOT NULL REFERENCES item(id),
    position INTEGER NOT NULL CHECK (position > 0),
    item     TEXT NOT NULL REFERENCES item(id),
    minutes  INTEGER CHECK (minutes >= 0),
    due_from TEXT CHECK (due_from GLOB '????-??-??' AND date(due_from) = due_from),
    due_to   TEXT CHECK (due_to GLOB '????-??-??' AND date(due_to) = due_to),
    moved_to TEXT CHECK (moved_to GLOB '????-??-??' AND date(moved_to) = moved_to),
    standing TEXT CHECK (standing IN ('offered', 'moved')),
    noted_on TEXT CHECK (noted_on GLOB '????-??-??' AND date(noted_on) = noted_on),
    UNIQUE (owner, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX displacement_item ON displacement(item);
CREATE INDEX displacement_noted ON displacement(noted_on) WHERE noted_on IS NOT NULL;

CREATE TABLE escalation (
    id          TEXT PRIMARY KEY NOT NULL REFERENCES item(id),
    person      TEXT REFERENCES item(id),
    weeks       TEXT,
    needed_by   TEXT CHECK (needed_by GLOB '????-??-??' AND date(needed_by) = needed_by),
    "to"        TEXT,
    memo        TEXT,
    sent_on     TEXT CHECK (sent_on GLOB '????-??-??' AND date(sent_on) = sent_on),
    answer      TEXT CHECK (answer IN ('capacity', 'scope') OR answer = 'accepted'),
    answer_note TEXT,
    closed_on   TEXT CHECK (closed_on GLOB '????-??-??' AND date(closed_on) = closed_on)
) STRICT, WITHOUT ROWID;
CREATE INDEX escalation_person ON escalation(person) WHERE person IS NOT NULL;

INSERT INTO state (kind, slug) VALUES
    ('escalation', 'draft'), ('escalation', 'sent'), ('escalation', 'answered'), ('escalation', 'closed');

-- The journal of parts, looked up by their keys.
DROP INDEX chg_of_part;
CREATE INDEX chg_of_part ON chg(pk) WHERE col IS NULL AND (tbl IN ('decision_option', 'decision_framing') OR tbl IN ('prewire', 'objection_raised') OR tbl IN ('pushback', 'section') OR tbl IN ('blocker', 'override') OR tbl IN ('version', 'displacement'));
