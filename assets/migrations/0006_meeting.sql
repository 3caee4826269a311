-- Format 6: meetings of calendars. One row an event; what recurs is kept as its rule and followed
-- only in the weeks that are shown.

CREATE TABLE meeting (
    id        TEXT PRIMARY KEY NOT NULL REFERENCES item(id),
    "on"      TEXT CHECK ("on" GLOB '????-??-??' AND date("on") = "on"),
    until     TEXT CHECK (until GLOB '????-??-??' AND date(until) = until),
    at        TEXT CHECK (at GLOB '[0-2][0-9]:[0-5][0-9]' AND at < '24:00'),
    minutes   INTEGER CHECK (minutes >= 0),
    band      TEXT CHECK (
        band IN ('strategic', 'execution')
        OR band IN ('reactive', 'off')
        OR band = 'unclassified'),
    counts    TEXT CHECK (
        counts IN ('meeting', 'free')
        OR counts IN ('away', 'all-day')
        OR counts IN ('declined', 'cancelled')),
    calendar  TEXT,
    organiser TEXT,
    people    TEXT,
    rule      TEXT,
    zone      TEXT,
    ical      TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX meeting_on ON meeting("on", until);

INSERT INTO state (kind, slug) VALUES ('meeting', 'expected'), ('meeting', 'dropped');
