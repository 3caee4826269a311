-- Format 21: what a pane, a standup and the figures of the decisions ask for lies at hand.
--
-- The figures of a metric stand in one row, packed, with the one that was told last beside them: a pane
-- reads a page a metric. A cache of what `observation` says, renewed after each step that tells something
-- of a metric, so it is not journalled.

CREATE TABLE series (
    metric      TEXT NOT NULL,
    position    INTEGER NOT NULL,
    period      TEXT NOT NULL,
    value       REAL,
    k           INTEGER,
    n           INTEGER,
    source      TEXT,
    recorded_on TEXT,
    latest      TEXT NOT NULL,
    told        BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX series_newest
    ON series(metric, position, period, value, k, n, source, recorded_on, latest);

-- The list of all open decisions says when each was touched last, so that whether one stands still is seen
-- without reading it.

ALTER TABLE listing ADD COLUMN touched TEXT NOT NULL DEFAULT '';
UPDATE listing SET touched = (SELECT substr(i.updated_at, 1, 10) FROM item AS i WHERE i.id = listing.id)
    WHERE kind = 'decision' AND shelf = 0;
DROP INDEX listing_order;
CREATE INDEX listing_order ON listing(kind, shelf, first, second, third, id, due, touched);
CREATE INDEX listing_touched ON listing(touched, third, due, first) WHERE kind = 'decision' AND shelf = 0;

-- How the decisions go is counted on indexes alone: how long each took, which were not touched for long,
-- whose forum is near, and of which more is told than that they were decided. What shipped in a time is
-- found by its day.

DROP INDEX decision_decided;
CREATE INDEX decision_decided ON decision(decided_on, raised_on) WHERE decided_on IS NOT NULL;
CREATE INDEX decision_forum ON decision(forum_on) WHERE forum_on IS NOT NULL;
CREATE INDEX asset_shipped ON asset(shipped_on) WHERE shipped_on IS NOT NULL;
CREATE INDEX decision_told ON decision(decided_on, probability, worked)
    WHERE decided_on IS NOT NULL AND (stake = 'high' OR probability IS NOT NULL AND worked IS NOT NULL
        OR happening IS NOT NULL AND matters IS NOT NULL AND now IS NOT NULL AND risk IS NOT NULL);
CREATE INDEX item_touched ON item(updated_at, id)
    WHERE kind = 'decision' AND deleted_at IS NULL
        AND state IN ('raised', 'framed', 'prewiring', 'ready', 'deferred');
