package host_test

import (
	"bytes"
	"errors"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"vpos/txn"
	"vpos/txn/host"
)

// seeds adds every golden message whose name the filter takes.
func seeds(f *testing.F, take func(string) bool) {
	f.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", "golden", "*.hex"))
	if err != nil || len(files) == 0 {
		f.Fatalf("no golden messages: %v", err)
	}
	for _, file := range files {
		if name := strings.TrimSuffix(filepath.Base(file), ".hex"); take(name) {
			f.Add(readGolden(f, name))
		}
	}
}

func FuzzUnpackReply(f *testing.F) {
	seeds(f, func(name string) bool { return strings.HasSuffix(name, "-reply") })
	c, hex := codec(f), codec(f, hexBitmap)
	f.Fuzz(func(t *testing.T, raw []byte) {
		kept := bytes.Clone(raw)
		_, err := c.UnpackReply(raw, evening, nil)
		quiet(t, err)
		_, err = hex.UnpackReply(raw, evening, nil)
		quiet(t, err)
		if !bytes.Equal(raw, kept) {
			t.Error("the message was changed")
		}
	})
}

// What is read can be written, and reads the same again.
func FuzzUnpackRequest(f *testing.F) {
	seeds(f, func(name string) bool { return !strings.HasSuffix(name, "-reply") })
	c := codec(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		r, err := c.UnpackRequest(raw, evening, nil)
		quiet(t, err)
		if err != nil {
			return
		}
		again, err := c.PackRequest(r, nil)
		if err != nil {
			return // it may lack what ours always carry
		}
		got, err := c.UnpackRequest(again, evening, nil)
		if err != nil {
			t.Fatalf("our own message is refused: %v", err)
		}
		if got.STAN != r.STAN || got.Amount != r.Amount || got.Op != r.Op || got.Terminal != r.Terminal ||
			got.Batch != r.Batch || !got.At.Equal(r.At) || !got.Card.PAN.Equal(r.Card.PAN) {
			t.Errorf("got %+v, want %+v", got, r)
		}
		if r.Op == txn.OpSale && !reflect.DeepEqual(got.Card.Chip, r.Card.Chip) {
			t.Errorf("chip is %+v, want %+v", got.Card.Chip, r.Card.Chip)
		}
	})
}

// quiet holds an error against its promises: located, and one of ours.
func quiet(t *testing.T, err error) {
	t.Helper()
	var at *host.FieldError
	if err != nil && (!errors.As(err, &at) || at.Path == "" || at.Err == nil || at.Profile == "") {
		t.Errorf("not located: %v", err)
	}
}

// messages adds the golden messages of a profile: its requests, or its replies.
func messages(f *testing.F, profile string, which int) {
	f.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", "golden", profile, "*.txt"))
	if err != nil || len(files) == 0 {
		f.Fatalf("no golden messages of %s: %v", profile, err)
	}
	for _, file := range files {
		f.Add(readAnnotated(f, file)[which])
	}
}

func FuzzUnionPayRequest(f *testing.F) { fuzzRequest(f, "unionpay") }
func FuzzUnionPayReply(f *testing.F)   { fuzzReply(f, "unionpay") }
func FuzzISO93Request(f *testing.F)    { fuzzRequest(f, "iso93") }
func FuzzISO93Reply(f *testing.F)      { fuzzReply(f, "iso93") }
func FuzzISO87Request(f *testing.F)    { fuzzRequest(f, "iso87-ascii") }
func FuzzISO87Reply(f *testing.F)      { fuzzReply(f, "iso87-ascii") }

// A request that was read can be written, signed, and reads the same again; with
// keys and without. Whatever it is, it can be described as far as it goes.
func fuzzRequest(f *testing.F, profile string) {
	messages(f, profile, 0)
	c := profileCodec(f, profile)
	terminal, acquirer := pair(f, c.Profile().Keys)
	f.Fuzz(func(t *testing.T, raw []byte) {
		kept := bytes.Clone(raw)
		_, err := c.UnpackRequest(raw, evening, session(acquirer))
		quiet(t, err)
		pieces, fault := c.Describe(raw)
		quiet(t, fault)
		within(t, raw, pieces)
		r, err := c.UnpackRequest(raw, evening, nil)
		quiet(t, err)
		if !bytes.Equal(raw, kept) {
			t.Error("the message was changed")
		}
		if err != nil {
			return
		}
		again, err := c.PackRequest(r, terminal)
		if err != nil {
			return // it may lack what ours always carry
		}
		got, err := c.UnpackRequest(again, evening, session(acquirer))
		if err != nil {
			t.Fatalf("our own message is refused: %v", err)
		}
		if got.BadMAC || got.STAN != r.STAN || got.Amount != r.Amount || got.Op != r.Op || got.Terminal != r.Terminal ||
			got.Merchant != r.Merchant || got.Batch != r.Batch || !got.At.Equal(r.At) || !got.Card.PAN.Equal(r.Card.PAN) ||
			got.Tip != r.Tip || got.Operator != r.Operator || len(got.Details) != len(r.Details) ||
			(got.Original == nil) != (r.Original == nil) || !reflect.DeepEqual(got.Totals, r.Totals) && r.Totals == nil {
			t.Errorf("got %+v, want %+v", got, r)
		}
	})
}

func fuzzReply(f *testing.F, profile string) {
	messages(f, profile, 1)
	c := profileCodec(f, profile)
	terminal, _ := pair(f, c.Profile().Keys)
	f.Fuzz(func(t *testing.T, raw []byte) {
		kept := bytes.Clone(raw)
		_, err := c.UnpackReply(raw, evening, terminal)
		quiet(t, err)
		r, err := c.UnpackReply(raw, evening, nil)
		quiet(t, err)
		pieces, fault := c.Describe(raw)
		quiet(t, fault)
		within(t, raw, pieces)
		if !bytes.Equal(raw, kept) {
			t.Error("the message was changed")
		}
		for _, text := range []string{r.Notes.Issuer, r.Notes.Acquirer, r.Notes.Organisation, r.Notes.Text} {
			if strings.ContainsFunc(text, func(c rune) bool { return c < ' ' && c != '\n' || c == 0x7F }) || !utf8.ValidString(text) {
				t.Errorf("a note that cannot be printed: %q", text)
			}
		}
	})
}

func within(t *testing.T, raw []byte, pieces []host.Piece) {
	t.Helper()
	for _, p := range pieces {
		if p.Offset < 0 || p.Length < 0 || p.Offset+p.Length > len(raw) {
			t.Errorf("%s is at %d, %d bytes of %d", p.Path, p.Offset, p.Length, len(raw))
		}
	}
}

func FuzzFrame(f *testing.F) {
	f.Add([]byte("\x00\x05hello\x00\x01x"), uint8(0))
	f.Add([]byte("\x00\x06\x60\x00\x01\x00\x02x"), uint8(1))
	f.Add([]byte("\x00\x05hello"), uint8(4))
	f.Add([]byte("0005hello0001x"), uint8(8))
	f.Add([]byte("\xff\xff\xff\xff"), uint8(2))
	all := []host.LengthForm{host.LengthBE2, host.LengthBCD2, host.LengthASCII4}
	f.Fuzz(func(t *testing.T, stream []byte, pick uint8) {
		framing := host.Framing{Length: all[int(pick>>2)%3], Inclusive: pick&2 != 0, Max: 300}
		if pick&1 != 0 {
			framing.TPDU = "6000010002"
		}
		framer := host.NewFramer(bytes.NewReader(stream), framing)
		var read []byte
		for {
			message, tpdu, err := framer.Next()
			if err != nil {
				break
			}
			if len(message) == 0 || len(message) > framing.Max {
				t.Fatalf("%d bytes", len(message))
			}
			if read, err = framing.Append(read, tpdu, message); err != nil {
				t.Fatalf("a frame that was read cannot be written: %v", err)
			}
		}
		if !bytes.HasPrefix(stream, read) {
			t.Error("what was read is not what was sent")
		}
	})
}
