-- Format 13: deals with the stages they came through, and the ledger of impacts.

CREATE TABLE deal (
    id           TEXT PRIMARY KEY NOT NULL REFERENCES item(id),
    account      TEXT,
    segment      TEXT,
    seller       TEXT,
    amount       REAL,
    currency     TEXT,
    business     TEXT CHECK (business IN ('new', 'expansion')),
    competitor   TEXT,
    contribution TEXT,
    created_on   TEXT CHECK (created_on GLOB '????-??-??' AND date(created_on) = created_on),
    closed_on    TEXT CHECK (closed_on GLOB '????-??-??' AND date(closed_on) = closed_on),
    stage        TEXT,
    pipeline     TEXT,
    reason       TEXT,
    stages       TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE impact (
    id           TEXT PRIMARY KEY NOT NULL REFERENCES item(id),
    kind         TEXT CHECK (
        kind IN ('revenue', 'pipeline')
        OR kind IN ('win', 'margin')
        OR kind IN ('cycle', 'adoption')
        OR kind IN ('perception', 'roadmap')),
    amount       REAL,
    currency     TEXT,
    metric       TEXT REFERENCES item(id),
    before       REAL,
    after        REAL,
    happened_on  TEXT CHECK (happened_on GLOB '????-??-??' AND date(happened_on) = happened_on),
    contribution TEXT,
    work         TEXT REFERENCES item(id),
    deal         TEXT REFERENCES item(id)
) STRICT, WITHOUT ROWID;
CREATE INDEX impact_metric ON impact(metric) WHERE metric IS NOT NULL;
CREATE INDEX impact_work ON impact(work) WHERE work IS NOT NULL;
CREATE INDEX impact_deal ON impact(deal) WHERE deal IS NOT NULL;

INSERT INTO state (kind, slug) VALUES
    ('deal', 'open'), ('deal', 'won'), ('deal', 'lost'),
    ('impact', 'logged'), ('impact', 'withdrawn');
