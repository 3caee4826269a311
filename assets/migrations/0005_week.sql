-- Format 5: time that is planned and time that was spent. A week reads its days through an index.

CREATE TABLE block (
    id      TEXT PRIMARY KEY NOT NULL REFERENCES item(id),
    "on"    TEXT CHECK ("on" GLOB '????-??-??' AND date("on") = "on"),
    at      TEXT CHECK (at GLOB '[0-2][0-9]:[0-5][0-9]' AND at < '24:00'),
    minutes INTEGER CHECK (minutes BETWEEN 0 AND 1440),
    band    TEXT CHECK (
        band IN ('strategic', 'execution')
        OR band IN ('reactive', 'off')
        OR band = 'unclassified'),
    mode    TEXT CHECK (mode IN ('experiment', 'iterate') OR mode = 'apply'),
    person  TEXT REFERENCES item(id),
    source  TEXT CHECK (
        source IN ('manual', 'timer')
        OR source IN ('calendar', 'toggl')
        OR source IN ('timewarrior', 'fill'))
) STRICT, WITHOUT ROWID;
CREATE INDEX block_on ON block("on", band, minutes, person);
CREATE INDEX block_person ON block(person) WHERE person IS NOT NULL;

CREATE TABLE entry (
    id      TEXT PRIMARY KEY NOT NULL REFERENCES item(id),
    "on"    TEXT CHECK ("on" GLOB '????-??-??' AND date("on") = "on"),
    at      TEXT CHECK (at GLOB '[0-2][0-9]:[0-5][0-9]' AND at < '24:00'),
    minutes INTEGER CHECK (minutes BETWEEN 0 AND 1440),
    band    TEXT CHECK (
        band IN ('strategic', 'execution')
        OR band IN ('reactive', 'off')
        OR band = 'unclassified'),
    mode    TEXT CHECK (mode IN ('experiment', 'iterate') OR mode = 'apply'),
    person  TEXT REFERENCES item(id),
    source  TEXT CHECK (
        source IN ('manual', 'timer')
        OR source IN ('calendar', 'toggl')
        OR source IN ('timewarrior', 'fill'))
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_on ON entry("on", band, minutes, person);
CREATE INDEX entry_person ON entry(person) WHERE person IS NOT NULL;

INSERT INTO state (kind, slug) VALUES
    ('block', 'planned'), ('block', 'done'), ('block', 'dropped'),
    ('entry', 'logged');
