-- Format 14: the self-assessment is gone through as a ritual.

DROP INDEX ritual_of;
ALTER TABLE ritual RENAME TO ritual_before;
CREATE TABLE ritual (
    id          TEXT PRIMARY KEY NOT NULL REFERENCES item(id),
    ritual      TEXT CHECK (
        ritual IN ('checkin', 'monday')
        OR ritual IN ('midweek', 'friday')
        OR ritual IN ('month', 'quarter')
        OR ritual IN ('standup', 'maturity')),
    about       TEXT CHECK (about IN ('decisions', 'assets')),
    period      TEXT,
    began_on    TEXT CHECK (began_on GLOB '????-??-??' AND date(began_on) = began_on),
    finished_on TEXT CHECK (finished_on GLOB '????-??-??' AND date(finished_on) = finished_on),
    seconds     INTEGER CHECK (seconds >= 0)
) STRICT, WITHOUT ROWID;
INSERT INTO ritual SELECT * FROM ritual_before;
DROP TABLE ritual_before;
CREATE INDEX ritual_of ON ritual(ritual, began_on);
