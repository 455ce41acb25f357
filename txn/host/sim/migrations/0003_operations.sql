-- Rows in the order they were made: a commit of many terminals' rows writes few
-- pages. That names are unique the ledger sees to, and looks again when it loads.
ALTER TABLE ledger RENAME TO ledger_2;
CREATE TABLE ledger (
	seq      INTEGER PRIMARY KEY,
	terminal TEXT NOT NULL,
	batch    INTEGER NOT NULL,
	stan     INTEGER NOT NULL,
	merchant TEXT NOT NULL,
	op       TEXT NOT NULL,
	minor    INTEGER NOT NULL,
	currency TEXT NOT NULL,
	state    TEXT NOT NULL,
	code     TEXT NOT NULL,
	auth     TEXT NOT NULL,
	rrn      TEXT NOT NULL,
	at       TEXT NOT NULL,
	sent     INTEGER NOT NULL,
	void_of  INTEGER NOT NULL, -- the STAN of the row it names; 0 for none
	parent   INTEGER NOT NULL, -- its seq: it may be of another batch or terminal
	account  INTEGER NOT NULL, -- 32 bits of the card's number under the key below; 0 for none, and in rows older than this
	asked    INTEGER NOT NULL,
	marks    INTEGER NOT NULL
) STRICT;
INSERT INTO ledger
SELECT seq, terminal, batch, stan, merchant, op, minor, currency, state, code, auth, rrn, at, sent, void_of,
	coalesce((
		SELECT sale.seq FROM ledger_2 AS sale
		WHERE void.void_of <> 0 AND sale.terminal = void.terminal AND sale.batch = void.batch AND sale.stan = void.void_of), 0),
	0, 0, 0
FROM ledger_2 AS void;
DROP TABLE ledger_2;

CREATE TABLE secret (
	one INTEGER PRIMARY KEY CHECK (one = 1),
	key BLOB NOT NULL CHECK (length(key) = 16)
) STRICT;
INSERT INTO secret VALUES (1, randomblob(16));
