-- Format 19: the figures of a metric lie together, so that a pane reads a page where it read a page a
-- figure.

CREATE INDEX observation_figures ON observation(owner, position, period, value, k, n);
