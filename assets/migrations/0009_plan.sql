-- Format 9: plans with milestones, the artefact of the week, involvement.

CREATE TABLE plan (
    id           TEXT PRIMARY KEY NOT NULL REFERENCES item(id),
    start        TEXT CHECK (start GLOB '????-??-??' AND date(start) = start),
    days         INTEGER CHECK (days BETWEEN 1 AND 3660),
    phases       TEXT,
    template     TEXT,
    planned_days INTEGER CHECK (planned_days BETWEEN 1 AND 3660),
    done_on      TEXT CHECK (done_on GLOB '????-??-??' AND date(done_on) = done_on)
) STRICT, WITHOUT ROWID;

CREATE TABLE milestone (
    id      TEXT PRIMARY KEY NOT NULL REFERENCES item(id),
    due     TEXT CHECK (due GLOB '????-??-??' AND date(due) = due),
    plan    TEXT REFERENCES item(id),
    weight  INTEGER CHECK (weight BETWEEN 1 AND 9),
    gate    TEXT CHECK (gate IN ('yes', 'no')),
    exit    TEXT,
    done_on TEXT CHECK (done_on GLOB '????-??-??' AND date(done_on) = done_on),
    proof   TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX milestone_plan ON milestone(plan) WHERE plan IS NOT NULL;

CREATE TABLE artefact (
    id              TEXT PRIMARY KEY NOT NULL REFERENCES item(id),
    kind            TEXT CHECK (
        kind IN ('segment-hypothesis', 'messaging-gap')
        OR kind IN ('launch-risk', 'narrative-update')
        OR kind = 'decision-memo'),
    week            TEXT CHECK (week GLOB '????-W[0-5][0-9]'),
    expected_impact TEXT,
    about           TEXT REFERENCES item(id),
    audiences       TEXT,
    shipped_on      TEXT CHECK (shipped_on GLOB '????-??-??' AND date(shipped_on) = shipped_on),
    body            TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX artefact_shipped ON artefact(shipped_on, kind) WHERE shipped_on IS NOT NULL;
CREATE INDEX artefact_about ON artefact(about) WHERE about IS NOT NULL;

CREATE TABLE involvement (
    id             TEXT PRIMARY KEY NOT NULL REFERENCES item(id),
    function       TEXT CHECK (
        function IN ('product', 'sales') OR function IN ('growth', 'cs')
        OR function IN ('leadership', 'marketing') OR function = 'other'),
    asked_by       TEXT REFERENCES item(id),
    first_involved TEXT CHECK (first_involved GLOB '????-??-??' AND date(first_involved) = first_involved),
    commitment_on  TEXT CHECK (commitment_on GLOB '????-??-??' AND date(commitment_on) = commitment_on),
    launches_on    TEXT CHECK (launches_on GLOB '????-??-??' AND date(launches_on) = launches_on)
) STRICT, WITHOUT ROWID;
CREATE INDEX involvement_asked_by ON involvement(asked_by) WHERE asked_by IS NOT NULL;

-- Edges of one kind more: what refers to an artefact.
CREATE TABLE edge_now (
    id     TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    kind   TEXT NOT NULL CHECK (kind IN ('blocks', 'contributes') OR kind IN ('informed', 'cites')),
    source TEXT NOT NULL REFERENCES item(id),
    target TEXT NOT NULL REFERENCES item(id) CHECK (target <> source),
    UNIQUE (kind, source, target)
) STRICT, WITHOUT ROWID;
INSERT INTO edge_now (id, kind, source, target) SELECT id, kind, source, target FROM edge;
DROP TABLE edge;
ALTER TABLE edge_now RENAME TO edge;
CREATE INDEX edge_target ON edge(target, kind, source);
CREATE INDEX edge_source ON edge(source, kind, target);

INSERT INTO state (kind, slug) VALUES
    ('plan', 'active'), ('plan', 'running'), ('plan', 'done'), ('plan', 'dropped'),
    ('milestone', 'open'), ('milestone', 'done'), ('milestone', 'missed'),
    ('artefact', 'draft'), ('artefact', 'shipped'),
    ('involvement', 'open'), ('involvement', 'closed');
