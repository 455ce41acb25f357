-- The journal: the truth. One row for each thing that happened, in order.
-- Texts that are absent are '', numbers 0, blobs x''.
CREATE TABLE journal (
    seq      INTEGER PRIMARY KEY,  -- 1, 2, 3, … without gaps
    at       INTEGER NOT NULL,     -- when the row was written, Unix milliseconds
    zone     INTEGER NOT NULL,     -- seconds east of UTC at that time
    type     TEXT    NOT NULL,     -- INTENT, APPROVED, …
    kind     TEXT    NOT NULL,     -- sale, …
    batch    INTEGER NOT NULL,
    stan     INTEGER NOT NULL,     -- ISO 8583 field 11
    amount   INTEGER NOT NULL,     -- minor units
    currency TEXT    NOT NULL,     -- ISO 4217 number
    last4    TEXT    NOT NULL,
    brand    TEXT    NOT NULL,
    entry    TEXT    NOT NULL,     -- manual, swipe, …
    status   TEXT    NOT NULL,     -- of the transaction after this row
    rc       TEXT    NOT NULL,     -- field 39
    auth     TEXT    NOT NULL,     -- field 38
    rrn      TEXT    NOT NULL,     -- field 37
    host_at  INTEGER NOT NULL,     -- fields 12 and 13, Unix milliseconds
    cause    TEXT    NOT NULL,     -- the terminal's own code
    operator TEXT    NOT NULL,
    terminal TEXT    NOT NULL,     -- field 41
    merchant TEXT    NOT NULL,     -- field 42
    attempts INTEGER NOT NULL,     -- reversal messages sent
    copy     INTEGER NOT NULL,     -- which slip, on rows about paper
    tag      BLOB    NOT NULL,     -- HMAC-SHA-256 of the PAN, on a transaction's first row
    sealed   BLOB    NOT NULL,     -- PAN and expiry, on a transaction's first row
    body     TEXT    NOT NULL,     -- canonical JSON, no card data
    hash     BLOB    NOT NULL      -- SHA-256(previous hash ‖ this row)
) STRICT;

CREATE INDEX journal_key ON journal (batch, stan);
CREATE INDEX journal_tag ON journal (tag) WHERE tag <> x'';

CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

-- INSERT OR REPLACE deletes without asking a delete trigger.
CREATE TRIGGER journal_no_replace BEFORE INSERT ON journal
WHEN NEW.seq <= (SELECT ifnull(max(seq), 0) FROM journal)
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

-- Derived: the end of the chain.
CREATE TABLE head (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    seq   INTEGER NOT NULL,        -- of the newest row, 0 for none
    hash  BLOB    NOT NULL,        -- of the newest row, or the chain's origin
    batch INTEGER NOT NULL,        -- the open batch
    stan  INTEGER NOT NULL,        -- the newest trace number given out, 0 for none
    fence INTEGER NOT NULL         -- counts the commits that buried a failed one
) STRICT;

-- Derived: each transaction folded into one row.
CREATE TABLE item (
    batch   INTEGER NOT NULL,
    stan    INTEGER NOT NULL,
    first   INTEGER NOT NULL,      -- seq of its first row, which holds its card
    last    INTEGER NOT NULL,      -- seq of its newest row about money
    status  TEXT    NOT NULL,
    printed INTEGER NOT NULL,      -- copies printed or waived, a set
    late    INTEGER NOT NULL,      -- 1 when a late reply was logged
    PRIMARY KEY (batch, stan)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX item_first ON item (first);
CREATE INDEX item_unresolved ON item (first) WHERE status IN ('open', 'reversal_pending');
CREATE INDEX item_unprinted ON item (first) WHERE status = 'approved' AND printed <> 3;

-- Whose journal this is.
CREATE TABLE meta (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    mode     TEXT NOT NULL,        -- training or live
    terminal TEXT NOT NULL,
    keycheck BLOB NOT NULL         -- tells whether a master key is this journal's
) STRICT;

-- The batch keys, wrapped. Dropping a row shreds its batch's card data.
CREATE TABLE batch_key (
    batch   INTEGER PRIMARY KEY,
    id      BLOB NOT NULL UNIQUE,
    wrapped BLOB NOT NULL
) STRICT;
