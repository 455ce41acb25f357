-- Cards come in no order. By the thirty days, a sale's entry falls among those of the last
-- weeks, whose pages are at hand, and not anywhere in an index of years; so much of the
-- tag tells cards apart well enough to look at the row.
DROP INDEX journal_tag;
CREATE INDEX journal_tag ON journal (at / 2592000000, substr(tag, 1, 8)) WHERE tag <> x'';
