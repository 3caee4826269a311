-- Format 21: the figures of a metric stand in one row, packed, with the one that was told last beside
-- them: a pane reads a page a metric. A cache of what `observation` says, renewed after each step that
-- tells something of a metric, so it is not journalled.

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
