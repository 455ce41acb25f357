package journal

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"strings"

	"github.com/ncruces/go-sqlite3"
)

// Hash is the hash of a row: SHA-256 of the previous row's hash followed by the
// row's canonical form. It covers every column and, through the previous hash,
// every row before.
type Hash [sha256.Size]byte

// String is the hash in lower-case hexadecimal.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// origin is the hash before the first row. It binds the chain to its mode and
// terminal, so a chain cannot be moved to another journal.
func origin(mode Mode, terminal string) Hash {
	b := []byte("vpos journal 1")
	b = appendBytes(b, string(mode))
	b = appendBytes(b, terminal)
	return sha256.Sum256(b)
}

// rec is one row as the table has it, without its hash.
type rec struct {
	seq, at, zone         int64
	typ, kind             string
	batch, stan, amount   int64
	currency              string
	last4, brand, entry   string
	status, rc, auth, rrn string
	hostAt                int64
	cause, operator       string
	terminal, merchant    string
	attempts, copy        int64
	tag, sealed           []byte
	body                  string
}

// column ties a column's name to its place in a rec. Exactly one of the
// functions is set, by the column's type.
type column struct {
	name string
	num  func(*rec) *int64
	text func(*rec) *string
	blob func(*rec) *[]byte
}

// columns lists the columns that the hash covers, in the order of the canonical
// form. It is the one description from which the SQL, the binding, the reading
// and the hashing are made. Later columns go to its end, in a migration that
// also says from which seq they count.
var columns = []column{
	{name: "seq", num: func(r *rec) *int64 { return &r.seq }},
	{name: "at", num: func(r *rec) *int64 { return &r.at }},
	{name: "zone", num: func(r *rec) *int64 { return &r.zone }},
	{name: "type", text: func(r *rec) *string { return &r.typ }},
	{name: "kind", text: func(r *rec) *string { return &r.kind }},
	{name: "batch", num: func(r *rec) *int64 { return &r.batch }},
	{name: "stan", num: func(r *rec) *int64 { return &r.stan }},
	{name: "amount", num: func(r *rec) *int64 { return &r.amount }},
	{name: "currency", text: func(r *rec) *string { return &r.currency }},
	{name: "last4", text: func(r *rec) *string { return &r.last4 }},
	{name: "brand", text: func(r *rec) *string { return &r.brand }},
	{name: "entry", text: func(r *rec) *string { return &r.entry }},
	{name: "status", text: func(r *rec) *string { return &r.status }},
	{name: "rc", text: func(r *rec) *string { return &r.rc }},
	{name: "auth", text: func(r *rec) *string { return &r.auth }},
	{name: "rrn", text: func(r *rec) *string { return &r.rrn }},
	{name: "host_at", num: func(r *rec) *int64 { return &r.hostAt }},
	{name: "cause", text: func(r *rec) *string { return &r.cause }},
	{name: "operator", text: func(r *rec) *string { return &r.operator }},
	{name: "terminal", text: func(r *rec) *string { return &r.terminal }},
	{name: "merchant", text: func(r *rec) *string { return &r.merchant }},
	{name: "attempts", num: func(r *rec) *int64 { return &r.attempts }},
	{name: "copy", num: func(r *rec) *int64 { return &r.copy }},
	{name: "tag", blob: func(r *rec) *[]byte { return &r.tag }},
	{name: "sealed", blob: func(r *rec) *[]byte { return &r.sealed }},
	{name: "body", text: func(r *rec) *string { return &r.body }},
}

// The places of the columns that Verify reads by number.
var (
	colSeq    = columnNamed("seq")
	colType   = columnNamed("type")
	colKind   = columnNamed("kind")
	colBatch  = columnNamed("batch")
	colSTAN   = columnNamed("stan")
	colStatus = columnNamed("status")
	colCopy   = columnNamed("copy")

	colAt       = columnNamed("at")
	colZone     = columnNamed("zone")
	colAmount   = columnNamed("amount")
	colLast4    = columnNamed("last4")
	colOperator = columnNamed("operator")
	colBody     = columnNamed("body")
)

func columnNamed(name string) int {
	for i, c := range columns {
		if c.name == name {
			return i
		}
	}
	return -1
}

// columnList is the columns for a SELECT or INSERT, hash last; table is the
// prefix they are asked with, or empty.
func columnList(table string) string {
	names := make([]string, 0, len(columns)+1)
	for _, c := range columns {
		names = append(names, table+c.name)
	}
	return strings.Join(append(names, table+"hash"), ", ")
}

var insertRow = "INSERT INTO journal (" + columnList("") + ") VALUES (?" + strings.Repeat(", ?", len(columns)) + ")"

// bind sets the parameters of insertRow.
func (r *rec) bind(s *sqlite3.Stmt, hash Hash) error {
	for i, c := range columns {
		var err error
		switch {
		case c.num != nil:
			err = s.BindInt64(i+1, *c.num(r))
		case c.text != nil:
			err = s.BindText(i+1, *c.text(r))
		default:
			err = bindBlob(s, i+1, *c.blob(r))
		}
		if err != nil {
			return err
		}
	}
	return bindBlob(s, len(columns)+1, hash[:])
}

// bindBlob binds no bytes as x”, not as NULL.
func bindBlob(s *sqlite3.Stmt, i int, b []byte) error {
	if len(b) == 0 {
		return s.BindZeroBlob(i, 0) //nolint:wrapcheck // wrap names the phase
	}
	return s.BindBlob(i, b) //nolint:wrapcheck // wrap names the phase
}

// scan reads a row selected with columnList from column `from` on.
func (r *rec) scan(s *sqlite3.Stmt, from int) (hash Hash) {
	for i, c := range columns {
		switch {
		case c.num != nil:
			*c.num(r) = s.ColumnInt64(from + i)
		case c.text != nil:
			*c.text(r) = s.ColumnText(from + i)
		default:
			*c.blob(r) = s.ColumnBlob(from+i, nil)
		}
	}
	copy(hash[:], s.ColumnRawBlob(from+len(columns)))
	return hash
}

// canonical appends the row's canonical form: each column in order, numbers as
// eight bytes big-endian, texts and blobs as a four-byte length and their bytes.
func (r *rec) canonical(b []byte) []byte {
	for _, c := range columns {
		switch {
		case c.num != nil:
			b = appendNumber(b, *c.num(r))
		case c.text != nil:
			b = appendBytes(b, *c.text(r))
		default:
			b = appendBytes(b, *c.blob(r))
		}
	}
	return b
}

// isNumber is columns as a table for canonicalStmt's inner loop.
var isNumber = func() []bool {
	is := make([]bool, len(columns))
	for i, c := range columns {
		is[i] = c.num != nil
	}
	return is
}()

// canonicalStmt is canonical for the row a statement stands on, without the
// detour over a rec: half a million rows a second go through here.
func canonicalStmt(b []byte, s *sqlite3.Stmt) []byte {
	for i, number := range isNumber {
		if number {
			b = appendNumber(b, s.ColumnInt64(i))
		} else {
			b = appendBytes(b, s.ColumnRawBlob(i))
		}
	}
	return b
}

func appendNumber(b []byte, n int64) []byte {
	return binary.BigEndian.AppendUint64(b, uint64(n)) //nolint:gosec // the bits are what is hashed
}

func appendBytes[T ~string | ~[]byte](b []byte, v T) []byte {
	b = binary.BigEndian.AppendUint32(b, uint32(len(v))) //nolint:gosec // a row is far below 4 GiB
	return append(b, v...)
}

// chain is the hash of a row after previous. buf is scratch space.
func (r *rec) chain(previous Hash, buf []byte) (Hash, []byte) {
	buf = r.canonical(append(buf[:0], previous[:]...))
	return sha256.Sum256(buf), buf
}
