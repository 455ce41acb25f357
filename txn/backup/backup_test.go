package backup

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"vpos/reader"
)

// quick is a cost for tests of the format, which no header may name.
var quick = cost{time: 1, memory: 64, lanes: 1}

var (
	phrase = reader.NewSecret("correct horse battery")
	monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
)

// packed is a backup of some files under the real cost.
func packed(t testing.TB, files map[string][]byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := NewWriter(&out, phrase)
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range files {
		if err := w.Bytes(name, monday, b); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func unpacked(b []byte, p reader.Secret) (map[string][]byte, error) {
	files := map[string][]byte{}
	err := Read(bytes.NewReader(b), p, func(name string, _ time.Time, r io.Reader) error {
		all, err := io.ReadAll(r)
		files[name] = all
		return err
	})
	return files, err
}

func TestRoundTrip(t *testing.T) {
	noise := make([]byte, 3*chunkLen+17)
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // test data
	for i := range noise {
		noise[i] = byte(r.Uint32())
	}
	files := map[string][]byte{"journal.db": noise, "receipts/1.txt": []byte("a slip 签购单"), "empty": {}}
	b := packed(t, files)
	got, err := unpacked(b, phrase)
	if err != nil || len(got) != len(files) {
		t.Fatalf("%d files, %v", len(got), err)
	}
	for name, want := range files {
		if !bytes.Equal(got[name], want) {
			t.Errorf("%s came back as other bytes", name)
		}
	}
	if bytes.Contains(b, []byte("journal.db")) || bytes.Contains(b, []byte("a slip")) {
		t.Error("the backup shows what is in it")
	}
	if _, err := unpacked(b, reader.NewSecret("another passphrase")); !errors.Is(err, ErrPassphrase) {
		t.Errorf("another passphrase: %v", err)
	}
	if again := packed(t, files); bytes.Equal(again, b) {
		t.Error("two backups are alike: the salt was used twice")
	}
}

// TestEveryByteCounts: of the sealed stream no byte can be altered, left out or doubled,
// and no chunk moved, without its being found. The stream is tested below the header's
// bounds, where a key costs nothing.
func TestEveryByteCounts(t *testing.T) {
	var out bytes.Buffer
	s, err := newSealer(&out, phrase, quick)
	if err != nil {
		t.Fatal(err)
	}
	plain := []byte(strings.Repeat("money ", 5*chunkLen/2/6))
	if _, err := s.Write(plain); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	head, body := out.Bytes()[:headerLen], out.Bytes()[headerLen:]
	read := func(body []byte) ([]byte, error) {
		st, err := newStream(phrase, head, head[len(mark):len(mark)+saltLen], quick)
		if err != nil {
			return nil, err
		}
		o := &opener{stream: st, from: bytes.NewReader(body), ahead: make([]byte, chunkLen+tagLen)}
		if err := o.fill(); err != nil {
			return nil, err
		}
		if err := o.advance(); err != nil {
			return nil, err
		}
		return io.ReadAll(o)
	}
	if got, err := read(body); err != nil || !bytes.Equal(got, plain) {
		t.Fatalf("as it was: %d bytes, %v", len(got), err)
	}
	one := chunkLen + tagLen
	for what, b := range map[string][]byte{
		"cut by a byte": body[:len(body)-1], "cut at a chunk": body[:2*one], "without the first chunk": body[one:],
		"chunks the other way": append(append(bytes.Clone(body[one:2*one]), body[:one]...), body[2*one:]...),
		"a chunk twice":        append(bytes.Clone(body[:one]), body...), "a byte more": append(bytes.Clone(body), 0), "nothing": nil,
	} {
		if _, err := read(b); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", what, err)
		}
	}
	for i := 0; i < len(body); i += 97 {
		b := bytes.Clone(body)
		b[i] ^= 1
		if _, err := read(b); !errors.Is(err, ErrDamaged) {
			t.Fatalf("byte %d altered: %v", i, err)
		}
	}
}

// TestHeaderCounts: an altered header is refused, before it can ask for much work.
func TestHeaderCounts(t *testing.T) {
	b := packed(t, map[string][]byte{"a": []byte("b")})
	for i := range headerLen {
		c := bytes.Clone(b)
		c[i] ^= 0x80
		if _, err := unpacked(c, phrase); !errors.Is(err, ErrNoBackup) && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrPassphrase) {
			t.Errorf("byte %d of the header: %v", i, err)
		}
	}
	if _, err := unpacked(b[:headerLen-1], phrase); !errors.Is(err, ErrNoBackup) {
		t.Errorf("half a header: %v", err)
	}
}

// TestNames: no file of a backup lands outside the folder it is restored into.
func TestNames(t *testing.T) {
	w, err := newWriter(io.Discard, phrase, quick)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"", ".", "..", "../x", "/etc/passwd", "a/../../b", `a\b`, "C:x", "a\x00b", "a//b"} {
		if err := w.Bytes(name, monday, nil); err == nil {
			t.Errorf("%q was taken", name)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, n := range []int{0, 5, headerLen, headerLen + 40} {
		f.Add(packed(f, map[string][]byte{"a": []byte("b")})[:n])
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > headerLen { // what follows is behind a key that takes its time
			b = b[:headerLen]
		}
		_, c, err := parse(b)
		if err == nil && !c.sane() {
			t.Error(fmt.Sprint(c))
		}
	})
}
