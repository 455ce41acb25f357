package journal

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/ncruces/go-sqlite3"

	"vpos/reader"
	"vpos/txn"
)

// forms is every form in which a secret could lie about in a file.
func forms(secret string) map[string][]byte {
	bcd := func(s string) []byte {
		b, _ := hex.DecodeString(strings.NewReplacer("=", "d", "D", "d").Replace(s))
		return b
	}
	wide := func(order func(uint16) []byte) (out []byte) {
		for _, u := range utf16.Encode([]rune(secret)) {
			out = append(out, order(u)...)
		}
		return out
	}
	f := map[string][]byte{
		"clear": []byte(secret), "hex": []byte(hex.EncodeToString([]byte(secret))),
		"upper hex": []byte(strings.ToUpper(hex.EncodeToString([]byte(secret)))),
		"utf-16le":  wide(func(u uint16) []byte { return []byte{byte(u), byte(u >> 8)} }),
		"utf-16be":  wide(func(u uint16) []byte { return []byte{byte(u >> 8), byte(u)} }),
		"reversed":  []byte(reverse(secret)),
	}
	if len(secret)%2 == 0 {
		f["bcd"] = bcd(secret)
	} else {
		f["bcd, f behind"], f["bcd, 0 before"] = bcd(secret+"f"), bcd("0"+secret)
	}
	for shift := range 3 { // base64 of text with something before it
		b := base64.StdEncoding.EncodeToString(append(make([]byte, shift), secret...))
		f[fmt.Sprintf("base64+%d", shift)] = []byte(b[4*min(shift, 1) : len(b)-4])
	}
	for name, b := range f {
		if len(b) < 4 { // too short to say anything
			delete(f, name)
		}
	}
	return f
}

func reverse(s string) string {
	b := []byte(s)
	for i := range len(b) / 2 {
		b[i], b[len(b)-1-i] = b[len(b)-1-i], b[i]
	}
	return string(b)
}

func scan(t *testing.T, dir string, secrets ...string) (found []string) {
	t.Helper()
	err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		for _, s := range secrets {
			for name, form := range forms(s) {
				if bytes.Contains(b, form) {
					found = append(found, filepath.Base(path)+": "+name)
				}
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// No byte of card data in clear in whatever the journal leaves behind: with the
// log full, after closing, and after shredding.
func TestNothingLeaks(t *testing.T) {
	const pan, cvv, expiry = "6212345678901232", "9638", "3008"
	track := pan + "=30082017412589630000"
	dir := filepath.Join(t.TempDir(), "data")
	source, err := OpenKeySource(context.Background(), Training, dir, reader.Secret{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := NewSealer(context.Background(), source)
	if err != nil {
		t.Fatal(err)
	}
	j := open(t, Options{Path: filepath.Join(dir, "journal.db"), Sealer: s, Terminal: terminalID, Mode: Training})
	secrets := []string{pan, track, cvv, expiry, reverse(expiry), track[len(pan)+1:]}
	for stan := txn.STAN(1); stan < 20; stan++ {
		p, err := reader.RestorePAN([]byte(pan))
		if err != nil {
			t.Fatal(err)
		}
		x := sale(t, 1, stan)
		x.Card = reader.Card{
			Entry: reader.Swipe, PAN: p, Expiry: reader.Expiry{Year: 2030, Month: 8},
			Service: "201", CVVStatus: reader.CVVEntered,
		}
		plant(t, &x.Card, track, cvv)
		write(t, j, txn.Record{Type: txn.RecIntent, Txn: x})
		write(t, j, ended(x, txn.RecReversalPending), ended(x, txn.RecReversed))
	}
	if found := scan(t, dir, secrets...); found != nil {
		t.Errorf("open: %v", found)
	}
	if err := j.Shred(context.Background(), 1); err != nil {
		t.Fatal(err)
	}
	mustVerify(t, j)
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	if found := scan(t, dir, secrets...); found != nil {
		t.Errorf("closed: %v", found)
	}
	// The scanner itself must be able to find something.
	for name, form := range forms(pan) {
		path := filepath.Join(dir, "planted")
		if err := os.WriteFile(path, append([]byte("xx"), form...), 0o600); err != nil {
			t.Fatal(err)
		}
		if scan(t, dir, pan) == nil {
			t.Errorf("the scanner does not see %s", name)
		}
	}
}

func plant(t *testing.T, c *reader.Card, track, cvv string) {
	t.Helper()
	code, err := reader.ParseCVV([]byte(cvv), reader.Amex) // four digits are easier to tell from chance
	if err != nil {
		t.Fatal(err)
	}
	c.CVV = code
	parsed, err := reader.ParseTrack2([]byte(track))
	if err != nil {
		t.Fatal(err)
	}
	c.Track2 = parsed.Track2
}

// A sealed blob opens only in its own row of its own journal.
func TestSealIsBound(t *testing.T) {
	s := sealer(t, "k")
	k, wrapped, err := s.newBatchKey(terminalID, 1)
	if err != nil {
		t.Fatal(err)
	}
	blob := k.seal(terminalID, 7, card(t))
	c, err := k.open(terminalID, 7, blob)
	if err != nil || string(c.PAN.Reveal()) != plantedPAN || c.Expiry.YYMM() != plantedExpiry {
		t.Fatalf("%v, %v", c, err)
	}
	noExpiry := card(t)
	noExpiry.Expiry = reader.Expiry{}
	if c, err := k.open(terminalID, 8, k.seal(terminalID, 8, noExpiry)); err != nil || !c.Expiry.IsZero() {
		t.Errorf("without an expiry: %v, %v", c, err)
	}
	if bytes.Equal(blob, k.seal(terminalID, 7, card(t))) {
		t.Error("the same nonce twice")
	}
	refused := func(what string, err error) {
		if !errors.Is(err, ErrSeal) {
			t.Errorf("%s: %v", what, err)
		}
	}
	_, err = k.open(terminalID, 8, blob)
	refused("another row", err)
	_, err = k.open("87654321", 7, blob)
	refused("another terminal", err)
	for i := range blob {
		changed := bytes.Clone(blob)
		changed[i] ^= 1
		_, err = k.open(terminalID, 7, changed)
		refused(fmt.Sprintf("byte %d", i), err)
	}
	if _, err := s.openBatchKey(terminalID, 1, k.id, wrapped); err != nil {
		t.Error(err)
	}
	_, err = s.openBatchKey(terminalID, 2, k.id, wrapped)
	refused("another batch", err)
	_, err = s.openBatchKey("87654321", 1, k.id, wrapped)
	refused("another terminal's key", err)
	_, err = s.openBatchKey(terminalID, 1, [keyIDLen]byte{}, wrapped)
	refused("another key id", err)
	_, err = sealer(t, "other").openBatchKey(terminalID, 1, k.id, wrapped)
	refused("another master", err)
}

// The look-up tag is keyed, and the sealer never prints.
func TestTagAndPrinting(t *testing.T) {
	a, b := sealer(t, "a"), sealer(t, "b")
	pan := card(t).PAN
	if !bytes.Equal(a.tag(pan), sealer(t, "a").tag(pan)) || bytes.Equal(a.tag(pan), b.tag(pan)) {
		t.Error("the tag does not depend on the key alone")
	}
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "s", a)
	out := fmt.Sprintf("%v %+v %#v %s %d %x", a, a, a, a, a, a) + log.String() + fmt.Sprintf("%v %#v", fileKey("secret"), fileKey("secret"))
	for _, secret := range [][]byte{a.tagKey, a.check, []byte("secret")} {
		if strings.Contains(out, string(secret)) || strings.Contains(out, hex.EncodeToString(secret)) {
			t.Errorf("printed: %s", out)
		}
	}
}

// After shredding nobody opens the batch's cards; everything else stays.
func TestShred(t *testing.T) {
	ctx := context.Background()
	j := fresh(t)
	first, second := sale(t, 1, 1), sale(t, 2, 2)
	write(t, j, txn.Record{Type: txn.RecIntent, Txn: first})
	if err := j.Shred(ctx, 1); !errors.Is(err, ErrUnresolved) {
		t.Errorf("shredded under an open transaction: %v", err)
	}
	write(t, j, ended(first, txn.RecApproved), txn.Record{Type: txn.RecIntent, Txn: second})
	var wrapped []byte
	err := j.db.query("SELECT wrapped FROM batch_key WHERE batch = 1", func(s *sqlite3.Stmt) (bool, error) {
		wrapped = s.ColumnBlob(0, nil)
		return false, nil
	})
	if err != nil || len(wrapped) < 32 {
		t.Fatal(wrapped, err)
	}
	if err := j.Shred(ctx, 1); err != nil {
		t.Fatal(err)
	}
	for _, side := range []string{"", "-wal"} {
		if b, err := os.ReadFile(j.opt.Path + side); err != nil || bytes.Contains(b, wrapped) {
			t.Errorf("the wrapped key is still in the file %q, %v", side, err)
		}
	}
	r, err := j.Recover(ctx)
	if err != nil || len(r.Unprinted) != 1 || !r.Unprinted[0].Card.PAN.Empty() || !r.Unprinted[0].Card.Expiry.IsZero() {
		t.Fatalf("%+v, %v", r, err)
	}
	if len(r.Open) != 1 || string(r.Open[0].Card.PAN.Reveal()) != plantedPAN {
		t.Error("the other batch is gone too")
	}
	list, err := j.Transactions(ctx, Filter{Batch: 1})
	if err != nil || len(list) != 1 || list[0].MaskedPAN() != "************1111" {
		t.Errorf("%+v, %v", list, err)
	}
	mustVerify(t, j)
	// A transaction that comes late into the shredded batch gets a new key.
	write(t, j, txn.Record{Type: txn.RecIntent, Txn: sale(t, 1, 3)})
	if r, err = j.Recover(ctx); err != nil || len(r.Open) != 2 || r.Open[1].Card.PAN.Empty() || !r.Unprinted[0].Card.PAN.Empty() {
		t.Errorf("%+v, %v", r, err)
	}
}

// A card that a reversal needs and that cannot be opened stops the start.
func TestRecoverSaysWhatItCannotOpen(t *testing.T) {
	j := fresh(t)
	write(t, j, txn.Record{Type: txn.RecIntent, Txn: sale(t, 1, 1)})
	if err := j.db.exec("DELETE FROM batch_key"); err != nil {
		t.Fatal(err)
	}
	clear(j.keys)
	if _, err := j.Recover(context.Background()); !errors.Is(err, ErrSeal) {
		t.Errorf("got %v", err)
	}
}

func TestOwnership(t *testing.T) {
	opt := options(t, filepath.Join(t.TempDir(), "journal.db"))
	_ = open(t, opt).Close()
	tests := map[error]func(*Options){
		ErrMode:     func(o *Options) { o.Mode = Live },
		ErrTerminal: func(o *Options) { o.Terminal = "87654321" },
		ErrKey:      func(o *Options) { o.Sealer = sealer(t, "other") },
	}
	for want, change := range tests {
		o := opt
		change(&o)
		if _, err := Open(context.Background(), o); !errors.Is(err, want) {
			t.Errorf("got %v, want %v", err, want)
		}
	}
	for _, bad := range []Options{{Path: opt.Path, Sealer: opt.Sealer, Mode: Live}, {Path: opt.Path, Terminal: "1", Mode: Live}, {Path: opt.Path, Sealer: opt.Sealer, Terminal: "1"}} {
		if _, err := Open(context.Background(), bad); err == nil {
			t.Errorf("opened with %+v", bad)
		}
	}
	_ = open(t, opt).Close()
}
