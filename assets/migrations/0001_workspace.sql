-- Format 1: the items, what ties them together, and the journal.
-- A shipped migration is never edited. The journal's triggers are generated after the last step.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The next number of each kind's refs; a ref is never used again, so this is not undone.
CREATE TABLE counter (
    kind TEXT PRIMARY KEY NOT NULL,
    next INTEGER NOT NULL CHECK (next > 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE state (
    kind TEXT NOT NULL,
    slug TEXT NOT NULL,
    PRIMARY KEY (kind, slug)
) STRICT, WITHOUT ROWID;

CREATE TABLE op (
    seq       INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    at        TEXT NOT NULL,
    actor     TEXT NOT NULL,
    device    TEXT NOT NULL,
    kind      TEXT NOT NULL CHECK (kind IN ('do', 'undo', 'redo')),
    label     TEXT NOT NULL,
    grp       TEXT,
    undo_of   INTEGER REFERENCES op(seq),
    undone_by INTEGER REFERENCES op(seq),
    schema    INTEGER NOT NULL,
    changes   INTEGER NOT NULL DEFAULT 0,
    inserted  TEXT NOT NULL DEFAULT '',
    prev_hash TEXT NOT NULL,
    hash      TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX op_to_undo ON op(seq) WHERE kind = 'do' AND undone_by IS NULL;
CREATE INDEX op_to_redo ON op(seq) WHERE kind = 'undo' AND undone_by IS NULL;

CREATE TABLE chg (
    n    INTEGER PRIMARY KEY,
    op   INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('I', 'U', 'D')),
    tbl  TEXT NOT NULL,
    pk   TEXT NOT NULL,
    col  TEXT,
    old  ANY,
    new  ANY
) STRICT;
CREATE INDEX chg_of_op ON chg(op);
CREATE INDEX chg_of_row ON chg(pk);

CREATE TABLE op_ctx (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    op  INTEGER NOT NULL
) STRICT;

CREATE TABLE item (
    id         TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    kind       TEXT NOT NULL,
    no         INTEGER NOT NULL CHECK (no > 0),
    title      TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 500),
    state      TEXT NOT NULL,
    owner      TEXT REFERENCES item(id),
    priority   INTEGER CHECK (priority BETWEEN 1 AND 4),
    waiting_on TEXT REFERENCES item(id),
    "for"      TEXT REFERENCES item(id),
    link       TEXT,
    note       TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    author     TEXT NOT NULL,
    rev        INTEGER NOT NULL DEFAULT 1,
    deleted_at TEXT,
    UNIQUE (kind, no),
    FOREIGN KEY (kind, state) REFERENCES state(kind, slug)
) STRICT;
CREATE INDEX item_for ON item("for") WHERE "for" IS NOT NULL;
CREATE INDEX item_owner ON item(owner) WHERE owner IS NOT NULL;
CREATE INDEX item_waiting ON item(waiting_on) WHERE waiting_on IS NOT NULL;
CREATE INDEX item_trash ON item(deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX item_in_hand ON item(updated_at) WHERE kind = 'asset' AND state IN ('doing', 'review') AND deleted_at IS NULL;
CREATE INDEX item_title ON item(kind, title COLLATE NOCASE);

CREATE TABLE person (
    id             TEXT PRIMARY KEY NOT NULL REFERENCES item(id),
    role           TEXT CHECK (role IN ('pmm', 'pm', 'sales', 'growth', 'cs', 'leader', 'other')),
    alignment      TEXT CHECK (alignment IN ('product', 'sales', 'balanced')),
    weekly_minutes INTEGER CHECK (weekly_minutes BETWEEN 0 AND 10080),
    email          TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE outcome (
    id       TEXT PRIMARY KEY NOT NULL REFERENCES item(id),
    metric   TEXT,
    baseline REAL,
    target   REAL,
    unit     TEXT,
    due      TEXT CHECK (due GLOB '????-??-??' AND date(due) = due),
    quarter  TEXT CHECK (quarter GLOB '????-Q[1-4]'),
    horizon  TEXT CHECK (horizon IN ('H1', 'H2', 'H3')),
    weight   INTEGER CHECK (weight BETWEEN 1 AND 3),
    lesson   TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE bet (
    id         TEXT PRIMARY KEY NOT NULL REFERENCES item(id),
    hypothesis TEXT,
    improves   TEXT REFERENCES item(id),
    signal     TEXT,
    lever      TEXT CHECK (lever IN ('messaging', 'sales-story', 'positioning', 'content', 'other')),
    confidence INTEGER CHECK (confidence BETWEEN 0 AND 100),
    kill_on    TEXT CHECK (kill_on GLOB '????-??-??' AND date(kill_on) = kill_on)
) STRICT, WITHOUT ROWID;
CREATE INDEX bet_improves ON bet(improves) WHERE improves IS NOT NULL;

CREATE TABLE decision (
    id             TEXT PRIMARY KEY NOT NULL REFERENCES item(id),
    needed_by      TEXT CHECK (needed_by GLOB '????-??-??' AND date(needed_by) = needed_by),
    kind           TEXT CHECK (kind IN ('icp-boundary', 'positioning', 'launch-tier', 'packaging',
                       'pricing', 'segment-focus', 'narrative', 'scope', 'other')),
    stake          TEXT CHECK (stake IN ('low', 'medium', 'high')),
    reversibility  TEXT CHECK (reversibility IN ('one-way', 'two-way')),
    approver       TEXT REFERENCES item(id),
    forum          TEXT,
    forum_on       TEXT CHECK (forum_on GLOB '????-??-??' AND date(forum_on) = forum_on),
    raised_on      TEXT CHECK (raised_on GLOB '????-??-??' AND date(raised_on) = raised_on),
    decided_on     TEXT CHECK (decided_on GLOB '????-??-??' AND date(decided_on) = decided_on),
    deferred_until TEXT CHECK (deferred_until GLOB '????-??-??' AND date(deferred_until) = deferred_until),
    rationale      TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_approver ON decision(approver) WHERE approver IS NOT NULL;

CREATE TABLE asset (
    id           TEXT PRIMARY KEY NOT NULL REFERENCES item(id),
    due          TEXT CHECK (due GLOB '????-??-??' AND date(due) = due),
    kind         TEXT CHECK (kind IN ('deck', 'battlecard', 'one-pager', 'page', 'email', 'demo',
                     'case-study', 'messaging', 'launch-plan', 'competitive-narrative',
                     'enablement', 'other')),
    audience     TEXT,
    stage        TEXT CHECK (stage IN ('unaware', 'problem', 'solution', 'proposal', 'negotiation',
                     'onboarding', 'renewal', 'unknown')),
    objection    TEXT,
    estimate     INTEGER CHECK (estimate >= 0),
    band         TEXT CHECK (band IN ('strategic', 'execution', 'reactive', 'off', 'unclassified')),
    mode         TEXT CHECK (mode IN ('experiment', 'iterate', 'apply')),
    origin       TEXT CHECK (origin IN ('self-initiated', 'requested', 'recurring')),
    shipped_on   TEXT CHECK (shipped_on GLOB '????-??-??' AND date(shipped_on) = shipped_on),
    verdict      TEXT CHECK (verdict IN ('challenge', 'reshape', 'deprioritise')),
    verdict_note TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE request (
    id        TEXT PRIMARY KEY NOT NULL REFERENCES item(id),
    "from"    TEXT REFERENCES item(id),
    function  TEXT CHECK (function IN ('product', 'sales', 'growth', 'cs', 'leadership',
                  'marketing', 'other')),
    wanted_by TEXT CHECK (wanted_by GLOB '????-??-??' AND date(wanted_by) = wanted_by),
    asked_on  TEXT CHECK (asked_on GLOB '????-??-??' AND date(asked_on) = asked_on),
    estimate  INTEGER CHECK (estimate >= 0),
    text      TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX request_from ON request("from") WHERE "from" IS NOT NULL;

CREATE TABLE edge (
    id     TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    kind   TEXT NOT NULL CHECK (kind IN ('blocks', 'contributes', 'informed')),
    source TEXT NOT NULL REFERENCES item(id),
    target TEXT NOT NULL REFERENCES item(id) CHECK (target <> source),
    UNIQUE (kind, source, target)
) STRICT, WITHOUT ROWID;
CREATE INDEX edge_target ON edge(target, kind, source);
CREATE INDEX edge_source ON edge(source, kind, target);

CREATE TABLE tagging (
    id   TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    item TEXT NOT NULL REFERENCES item(id),
    tag  TEXT NOT NULL CHECK (length(tag) BETWEEN 1 AND 100),
    UNIQUE (item, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX tagging_tag ON tagging(tag, item);

-- Where an imported item came from; the same source and id never makes a second item.
CREATE TABLE origin (
    id          TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    source      TEXT NOT NULL,
    external_id TEXT NOT NULL,
    item        TEXT NOT NULL REFERENCES item(id),
    digest      TEXT NOT NULL,
    UNIQUE (source, external_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX origin_item ON origin(item);

CREATE TABLE setting (
    id    TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Sort keys of every item, derived from it after each write; a cache, so it is not journalled.
CREATE TABLE listing (
    id     TEXT PRIMARY KEY NOT NULL,
    kind   TEXT NOT NULL,
    shelf  INTEGER NOT NULL,
    due    TEXT NOT NULL,
    first  INTEGER NOT NULL,
    second INTEGER NOT NULL,
    third  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX listing_order ON listing(kind, shelf, first, second, third, id, due);
CREATE INDEX listing_due ON listing(kind, shelf, due, first, second, third, id);

-- How many items of a kind stand on a shelf with a day, so that no count reads the items.
CREATE TABLE tally (
    kind  TEXT NOT NULL,
    shelf INTEGER NOT NULL,
    due   TEXT NOT NULL,
    items INTEGER NOT NULL,
    PRIMARY KEY (kind, shelf, due)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER tally_arrival AFTER INSERT ON listing BEGIN
    INSERT INTO tally (kind, shelf, due, items) VALUES (new.kind, new.shelf, new.due, 1)
    ON CONFLICT (kind, shelf, due) DO UPDATE SET items = items + 1;
END;
CREATE TRIGGER tally_departure AFTER DELETE ON listing BEGIN
    UPDATE tally SET items = items - 1 WHERE kind = old.kind AND shelf = old.shelf AND due = old.due;
    DELETE FROM tally WHERE kind = old.kind AND shelf = old.shelf AND due = old.due AND items = 0;
END;
CREATE TRIGGER tally_move AFTER UPDATE OF kind, shelf, due ON listing
WHEN (old.kind, old.shelf, old.due) <> (new.kind, new.shelf, new.due) BEGIN
    UPDATE tally SET items = items - 1 WHERE kind = old.kind AND shelf = old.shelf AND due = old.due;
    DELETE FROM tally WHERE kind = old.kind AND shelf = old.shelf AND due = old.due AND items = 0;
    INSERT INTO tally (kind, shelf, due, items) VALUES (new.kind, new.shelf, new.due, 1)
    ON CONFLICT (kind, shelf, due) DO UPDATE SET items = items + 1;
END;

INSERT INTO state (kind, slug) VALUES
    ('decision', 'raised'), ('decision', 'framed'), ('decision', 'prewiring'), ('decision', 'ready'),
    ('decision', 'deferred'), ('decision', 'decided'), ('decision', 'reviewed'),
    ('decision', 'dropped'), ('decision', 'superseded'),
    ('asset', 'idea'), ('asset', 'planned'), ('asset', 'doing'), ('asset', 'review'),
    ('asset', 'shipped'), ('asset', 'in-use'), ('asset', 'retired'),
    ('request', 'new'), ('request', 'accepted'), ('request', 'traded'), ('request', 'declined'),
    ('request', 'deferred'), ('request', 'self-served'), ('request', 'done'),
    ('outcome', 'active'), ('outcome', 'met'), ('outcome', 'missed'), ('outcome', 'dropped'),
    ('bet', 'proposed'), ('bet', 'running'), ('bet', 'won'), ('bet', 'lost'),
    ('bet', 'inconclusive'), ('bet', 'stopped'),
    ('person', 'active'), ('person', 'retired');
