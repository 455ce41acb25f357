CREATE TABLE ledger (
	terminal TEXT NOT NULL,
	batch    INTEGER NOT NULL,
	stan     INTEGER NOT NULL,
	seq      INTEGER NOT NULL UNIQUE,
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
	PRIMARY KEY (terminal, batch, stan)
) STRICT, WITHOUT ROWID;
