-- Format 3: the same data, written and taken back in less time.
--
-- For an IN of more than two words SQLite builds a table, again for every row that a CHECK looks
-- at; pairs are simply compared. A step knows where its rows in the journal begin, so they need no
-- index; those by key hold only the rows that are looked for so: changed columns, and for a row that
-- came or went its first line. The journal's triggers are gone while this runs, and generated
-- anew after it.

ALTER TABLE op ADD COLUMN first INTEGER NOT NULL DEFAULT 1;
UPDATE op SET first = coalesce(
    (SELECT n FROM chg WHERE chg.op >= op.seq ORDER BY chg.op, n LIMIT 1),
    (SELECT max(n) + 1 FROM chg), 1);

DROP INDEX chg_of_op;
DROP INDEX chg_of_row;
ALTER TABLE chg RENAME TO chg_before;
CREATE TABLE chg (
    n    INTEGER PRIMARY KEY,
    op   INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('I', 'U') OR kind = 'D'),
    tbl  TEXT NOT NULL,
    pk   TEXT NOT NULL,
    col  TEXT,
    old  ANY,
    new  ANY
) STRICT;
INSERT INTO chg SELECT * FROM chg_before;
DROP TABLE chg_before;
CREATE INDEX chg_of_others ON chg(op) WHERE op = 0;
CREATE INDEX chg_of_change ON chg(pk) WHERE kind = 'U';
CREATE INDEX chg_of_life ON chg(pk) WHERE col IS NULL AND tbl IN ('item', 'edge', 'tagging');

DROP INDEX decision_approver;
ALTER TABLE decision RENAME TO decision_before;
CREATE TABLE decision (
    id             TEXT PRIMARY KEY NOT NULL REFERENCES item(id),
    needed_by      TEXT CHECK (needed_by GLOB '????-??-??' AND date(needed_by) = needed_by),
    kind           TEXT CHECK (
        kind IN ('icp-boundary', 'positioning')
        OR kind IN ('launch-tier', 'packaging')
        OR kind IN ('pricing', 'segment-focus')
        OR kind IN ('narrative', 'scope')
        OR kind = 'other'),
    stake          TEXT CHECK (stake IN ('low', 'medium') OR stake = 'high'),
    reversibility  TEXT CHECK (reversibility IN ('one-way', 'two-way')),
    approver       TEXT REFERENCES item(id),
    forum          TEXT,
    forum_on       TEXT CHECK (forum_on GLOB '????-??-??' AND date(forum_on) = forum_on),
    raised_on      TEXT CHECK (raised_on GLOB '????-??-??' AND date(raised_on) = raised_on),
    decided_on     TEXT CHECK (decided_on GLOB '????-??-??' AND date(decided_on) = decided_on),
    deferred_until TEXT CHECK (deferred_until GLOB '????-??-??' AND date(deferred_until) = deferred_until),
    rationale      TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO decision SELECT * FROM decision_before;
DROP TABLE decision_before;
CREATE INDEX decision_approver ON decision(approver) WHERE approver IS NOT NULL;

ALTER TABLE asset RENAME TO asset_before;
CREATE TABLE asset (
    id           TEXT PRIMARY KEY NOT NULL REFERENCES item(id),
    due          TEXT CHECK (due GLOB '????-??-??' AND date(due) = due),
    kind         TEXT CHECK (
        kind IN ('deck', 'battlecard')
        OR kind IN ('one-pager', 'page')
        OR kind IN ('email', 'demo')
        OR kind IN ('case-study', 'messaging')
        OR kind IN ('launch-plan', 'competitive-narrative')
        OR kind IN ('enablement', 'other')),
    audience     TEXT,
    stage        TEXT CHECK (
        stage IN ('unaware', 'problem')
        OR stage IN ('solution', 'proposal')
        OR stage IN ('negotiation', 'onboarding')
        OR stage IN ('renewal', 'unknown')),
    objection    TEXT,
    estimate     INTEGER CHECK (estimate >= 0),
    band         TEXT CHECK (
        band IN ('strategic', 'execution')
        OR band IN ('reactive', 'off')
        OR band = 'unclassified'),
    mode         TEXT CHECK (mode IN ('experiment', 'iterate') OR mode = 'apply'),
    origin       TEXT CHECK (origin IN ('self-initiated', 'requested') OR origin = 'recurring'),
    shipped_on   TEXT CHECK (shipped_on GLOB '????-??-??' AND date(shipped_on) = shipped_on),
    verdict      TEXT CHECK (verdict IN ('challenge', 'reshape') OR verdict = 'deprioritise'),
    verdict_note TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO asset SELECT * FROM asset_before;
DROP TABLE asset_before;

DROP INDEX request_from;
ALTER TABLE request RENAME TO request_before;
CREATE TABLE request (
    id        TEXT PRIMARY KEY NOT NULL REFERENCES item(id),
    "from"    TEXT REFERENCES item(id),
    function  TEXT CHECK (
        function IN ('product', 'sales')
        OR function IN ('growth', 'cs')
        OR function IN ('leadership', 'marketing')
        OR function = 'other'),
    wanted_by TEXT CHECK (wanted_by GLOB '????-??-??' AND date(wanted_by) = wanted_by),
    asked_on  TEXT CHECK (asked_on GLOB '????-??-??' AND date(asked_on) = asked_on),
    estimate  INTEGER CHECK (estimate >= 0),
    text      TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO request SELECT * FROM request_before;
DROP TABLE request_before;
CREATE INDEX request_from ON request("from") WHERE "from" IS NOT NULL;

DROP INDEX edge_target;
DROP INDEX edge_source;
ALTER TABLE edge RENAME TO edge_before;
CREATE TABLE edge (
    id     TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    kind   TEXT NOT NULL CHECK (kind IN ('blocks', 'contributes') OR kind = 'informed'),
    source TEXT NOT NULL REFERENCES item(id),
    target TEXT NOT NULL REFERENCES item(id) CHECK (target <> source),
    UNIQUE (kind, source, target)
) STRICT, WITHOUT ROWID;
INSERT INTO edge SELECT * FROM edge_before;
DROP TABLE edge_before;
CREATE INDEX edge_target ON edge(target, kind, source);
CREATE INDEX edge_source ON edge(source, kind, target);
