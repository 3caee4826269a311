-- Format 17: a default names the option that it means.

ALTER TABLE decision ADD COLUMN default_option TEXT CHECK (default_option IN ('a', 'b', 'c'));
