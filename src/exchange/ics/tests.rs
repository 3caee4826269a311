//! Calendars as programs write them, bombs, and the round trip through our own writer.
