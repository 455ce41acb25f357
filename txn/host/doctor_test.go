package host_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"vpos/txn/host"
)

// captured is every message of every profile, requests and replies, sealed and
// signed.
func captured(t testing.TB, each func(profile, name string, message []byte)) {
	t.Helper()
	for _, name := range host.Shipped() {
		c := profileCodec(t, name)
		terminal, acquirer := pair(t, c.Profile().Keys)
		for _, x := range everything(t) {
			if !hasOp(c, x.r.Op) {
				continue
			}
			raw, err := c.PackRequest(x.r, terminal)
			if err != nil {
				t.Fatalf("%s %s: %v", name, x.name, err)
			}
			each(name, x.name, raw)
			if raw, err = c.PackReply(x.r, x.rep, acquirer); err != nil {
				t.Fatalf("%s %s: %v", name, x.name, err)
			}
			each(name, x.name+" reply", raw)
		}
	}
}

// A message as its profile writes it is found to be that one's and no other's,
// without a frame and in the profile's own.
func TestDiagnoseFindsTheProfile(t *testing.T) {
	doctor := host.NewDoctor(host.Candidates())
	captured(t, func(profile, name string, message []byte) {
		framing := profileCodec(t, profile).Profile().Framing
		frame, err := framing.Append(nil, framing.Header(), message)
		if err != nil {
			t.Fatal(err)
		}
		for _, raw := range [][]byte{message, frame} {
			d := doctor.Diagnose(raw, evening)
			best := d.Fits[0]
			if best.Name != profile || best.Fault != nil || len(best.Changes) > 0 || best.AsIs != nil || best.Op == "" {
				t.Errorf("%s %s: %s, %s, changes %v, %v", profile, name, best.Name, best.Op, best.Changes, best.Fault)
			}
			if from := len(raw) - len(message); best.Shape.From != from || d.Shapes[0].From != from {
				t.Errorf("%s %s: begins at %d and %d, not at %d", profile, name, best.Shape.From, d.Shapes[0].From, from)
			}
			for _, f := range d.Fits[1:] {
				if f.Fault == nil || f.AsIs == nil {
					t.Errorf("%s %s: %s reads it as well", profile, name, f.Name)
				}
			}
		}
	})
}

// dialects are ways an acquirer can differ from a shipped profile, as its file
// has them.
var dialects = []struct{ base, lines string }{
	{"iso87-ascii", `bitmap = "hex"`},
	{"iso87-ascii", "framing.length = \"ascii4\"\nframing.inclusive = true"},
	{"iso87-ascii", "framing.length = \"bcd2\"\nframing.tpdu = \"6000120034\""},
	{"iso87-ascii", "mti = \"bcd\"\nencoding.numeric = \"bcd\"\nencoding.track = \"bcd\"\nencoding.length = \"bcd\""},
	{"iso87-ascii", "mti = \"bcd\"\nencoding.length = \"bcd\""},
	{"iso93", "framing.length = \"ascii4\"\nbitmap = \"hex\""},
	{"unionpay", "framing.inclusive = true"},
	{"unionpay", "framing.tpdu = \"\"\nheader = { class = \"\", software = \"\", state = \"\", minor = \"\" }"},
	{"unionpay", "mti = \"ascii\"\nencoding.numeric = \"ascii\"\nencoding.length = \"ascii\"\nencoding.track = \"ascii\""},
}

// What is suggested for a dialect nobody shipped is a profile that reads it.
func TestDiagnoseSuggestsAProfile(t *testing.T) {
	doctor := host.NewDoctor(host.Candidates())
	for i, dialect := range dialects {
		p, err := host.ParseProfile("dialect", fmt.Appendf(nil, "base = %q\n%s\n", dialect.base, dialect.lines))
		if err != nil {
			t.Fatalf("%d: %v", i, err)
		}
		c, err := host.NewCodec(p)
		if err != nil {
			t.Fatal(err)
		}
		terminal, _ := pair(t, p.Keys)
		for _, x := range everything(t) {
			if !strings.HasPrefix(x.name, "sale") {
				continue
			}
			message, err := c.PackRequest(x.r, terminal)
			if err != nil {
				t.Fatal(err)
			}
			frame, err := p.Framing.Append(nil, p.Framing.Header(), message)
			if err != nil {
				t.Fatal(err)
			}
			best := doctor.Diagnose(frame, evening).Fits[0]
			if best.Name != dialect.base || best.Fault != nil || len(best.Changes) == 0 {
				t.Errorf("%d %s: %s, changes %v, %v", i, x.name, best.Name, best.Changes, best.Fault)
				continue
			}
			if best.AsIs == nil && strings.Contains(dialect.lines, "encoding") {
				t.Errorf("%d %s: reads as it is, too", i, x.name)
			}
			suggested(t, fmt.Sprint(i, " ", x.name), best, frame, message)
		}
	}
}

// suggested holds the suggested file to reading the frame.
func suggested(t *testing.T, name string, best host.Fit, frame, message []byte) {
	t.Helper()
	lines := fmt.Sprintf("base = %q\n", best.Name)
	for _, change := range slices.Concat(best.Changes, best.Settings) {
		lines += change.Line() + "\n"
	}
	p, err := host.ParseProfile("suggested", []byte(lines))
	if err != nil {
		t.Errorf("%s: %v\n%s", name, err, lines)
		return
	}
	got, tpdu, err := host.NewFramer(bytes.NewReader(frame), p.Framing).Next()
	if err != nil || !bytes.Equal(got, message) || tpdu != p.Framing.Header() {
		t.Errorf("%s: the frame is not read: %v\n%s", name, err, lines)
		return
	}
	c, err := host.NewCodec(p)
	if err != nil {
		t.Fatal(err)
	}
	if r, err := c.UnpackRequest(got, evening, nil); err != nil || r.STAN == 0 {
		t.Errorf("%s: the message is not read: %v\n%s", name, err, lines)
	}
}

// What is in the way is named: the field, and why.
func TestDiagnoseNamesTheFault(t *testing.T) {
	doctor := host.NewDoctor(host.Candidates())
	c := profileCodec(t, "iso87-ascii")
	r := sale(t)
	r.STAN = 987654
	message, err := c.PackRequest(r, nil)
	if err != nil {
		t.Fatal(err)
	}
	stan := bytes.Index(message, []byte("987654"))
	for name, x := range map[string]struct {
		harm func([]byte) []byte
		path string
		err  error
	}{
		"a letter in the trace number": {func(b []byte) []byte { b[stan] = 'x'; return b }, "11", host.ErrCharacter},
		"cut off":                      {func(b []byte) []byte { return b[:len(b)-5] }, "62", host.ErrShort},
		"too long":                     {func(b []byte) []byte { return append(b, '1') }, "end", host.ErrTrailing},
	} {
		d := doctor.Diagnose(x.harm(bytes.Clone(message)), evening)
		f := d.Fits[0]
		if f.Name != "iso87-ascii" || f.Fault == nil || f.Fault.Path != x.path || !errors.Is(f.Fault, x.err) {
			t.Errorf("%s: %s, %v; want field %s: %v", name, f.Name, f.Fault, x.path, x.err)
		}
		if f.Read <= 12 || f.Read >= f.Of && x.err != host.ErrTrailing {
			t.Errorf("%s: %d of %d bytes make sense", name, f.Read, f.Of)
		}
	}
}

// The headers of a captured packet are stepped over, and what is no message is
// said to be none.
func TestDiagnoseWhatIsAround(t *testing.T) {
	doctor := host.NewDoctor(host.Candidates())
	c := profileCodec(t, "unionpay")
	terminal, _ := pair(t, c.Profile().Keys)
	message, err := c.PackRequest(everything(t)[0].r, terminal)
	if err != nil {
		t.Fatal(err)
	}
	frame, err := c.Profile().Framing.Append(nil, c.Profile().Framing.Header(), message)
	if err != nil {
		t.Fatal(err)
	}
	ip := append([]byte{0x45, 0, 0, 0, 0, 0, 0, 0, 64, 6, 0, 0, 127, 0, 0, 1, 127, 0, 0, 1}, make([]byte, 32)...)
	ip[32] = 8 << 4 // a TCP header with options
	binary.BigEndian.PutUint16(ip[2:], uint16(len(ip)+len(frame)))
	ip = append(ip, frame...)
	six := append([]byte{0x60, 0, 0, 0, 0, byte(20 + len(frame)), 6, 64}, make([]byte, 52)...)
	binary.BigEndian.PutUint16(six[4:], uint16(20+len(frame)))
	six[40+12] = 5 << 4
	six = append(six, frame...)
	ethernet := append(append(make([]byte, 12), 0x08, 0), append(ip, 0, 0)...) // padded
	for size, raw := range map[int][]byte{52: ip, 66: ethernet, 60: six, 0: frame} {
		d := doctor.Diagnose(raw, evening)
		if s := d.Fits[0].Shape; d.Packet != size || !bytes.Equal(raw[s.From:s.To], message) || d.Fits[0].Name != "unionpay" || d.Fits[0].Fault != nil || !d.Fits[0].Shape.TPDU {
			t.Errorf("%d bytes of headers: found %d, %s, %v", size, d.Packet, d.Fits[0].Name, d.Fits[0].Fault)
		}
	}
	next := doctor.Diagnose(append(bytes.Clone(frame), frame[:30]...), evening).Fits[0]
	if next.Fault != nil || next.Shape.Rest != 30 {
		t.Errorf("two messages: %v, %d bytes left", next.Fault, next.Shape.Rest)
	}
	cut := doctor.Diagnose(frame[:len(frame)-10], evening).Fits[0]
	if cut.Name != "unionpay" || cut.Shape.Missing != 10 || !errors.Is(cut.Fault, host.ErrShort) {
		t.Errorf("cut off: %s, %v, %d missing", cut.Name, cut.Fault, cut.Shape.Missing)
	}
	none := doctor.Diagnose([]byte("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 client hello"), evening)
	if len(none.Shapes) != 0 || none.Fits[0].Fault == nil || none.EBCDIC {
		t.Errorf("no message: %+v", none.Shapes)
	}
	if d := doctor.Diagnose([]byte("\x00\x40\xf0\xf2\xf0\xf0\x72\x30\x44\x81\x08\x80\x82\x00"), evening); !d.EBCDIC {
		t.Error("EBCDIC not seen")
	}
}

// A reply has its transport header the other way round; what is suggested is the
// terminal's own, and not as a fault of the profile.
func TestDiagnoseTurnsTheTransportHeader(t *testing.T) {
	c := profileCodec(t, "unionpay")
	_, acquirer := pair(t, c.Profile().Keys)
	x := everything(t)[0]
	message, err := c.PackReply(x.r, x.rep, acquirer)
	if err != nil {
		t.Fatal(err)
	}
	framing := c.Profile().Framing
	framing.TPDU = "6000120034"
	frame, err := framing.Append(nil, framing.Header().Answer(), message)
	if err != nil {
		t.Fatal(err)
	}
	best := host.NewDoctor(host.Candidates()).Diagnose(frame, evening).Fits[0]
	want := host.Change{Key: "framing.tpdu", Value: `"6000120034"`}
	if best.Fault != nil || len(best.Changes) != 0 || !slices.Equal(best.Settings, []host.Change{want}) {
		t.Errorf("%s: changes %v, settings %v, %v", best.Name, best.Changes, best.Settings, best.Fault)
	}
}

// Nothing of what the fields hold is in a diagnosis.
func TestDiagnosisTellsNothing(t *testing.T) {
	doctor := host.NewDoctor(host.Candidates())
	captured(t, func(profile, name string, message []byte) {
		for _, raw := range [][]byte{message, message[:len(message)-3], append([]byte{0x7f}, message...)} {
			d := doctor.Diagnose(raw, evening)
			for i := range d.Fits {
				d.Fits[i].Profile = host.Profile{} // as it was given
			}
			text := fmt.Sprintf("%+v", d)
			for _, f := range d.Fits {
				text += fmt.Sprint(f.Fault, f.AsIs)
			}
			for _, secret := range []string{"4111", "3012", "87654321"} {
				if strings.Contains(text, secret) {
					t.Fatalf("%s %s tells %s:\n%s", profile, name, secret, text)
				}
			}
		}
	})
}

// Whatever is cut, flipped or put in front, the doctor has an answer for every
// profile and changes nothing.
func TestDiagnoseDamage(t *testing.T) {
	doctor := host.NewDoctor(host.Candidates())
	var all [][]byte
	captured(t, func(_, _ string, message []byte) { all = append(all, message) })
	rapid.Check(t, func(r *rapid.T) {
		raw := bytes.Clone(rapid.SampledFrom(all).Draw(r, "message"))
		raw = raw[:rapid.IntRange(0, len(raw)).Draw(r, "cut")]
		for range rapid.IntRange(0, 3).Draw(r, "flips") {
			if len(raw) > 0 {
				raw[rapid.IntRange(0, len(raw)-1).Draw(r, "at")] ^= rapid.Byte().Draw(r, "flip")
			}
		}
		raw = append(rapid.SliceOfN(rapid.Byte(), 0, 8).Draw(r, "before"), raw...)
		sound(r, doctor, raw)
	})
}

// sound holds a diagnosis to its promises.
func sound(t interface{ Errorf(string, ...any) }, doctor *host.Doctor, raw []byte) {
	kept := bytes.Clone(raw)
	d := doctor.Diagnose(raw, evening)
	if !bytes.Equal(raw, kept) {
		t.Errorf("the capture was changed")
	}
	if len(d.Fits) != len(host.Shipped()) || d.Size != len(raw) {
		t.Errorf("%d fits, %d bytes", len(d.Fits), d.Size)
	}
	for _, f := range d.Fits {
		if f.Fault != nil && (f.Fault.Path == "" || f.Fault.Err == nil) || f.Read > f.Of || f.Fault == nil && f.Op == "" {
			t.Errorf("%s: %v, %d of %d, %s", f.Name, f.Fault, f.Read, f.Of, f.Op)
		}
	}
	for _, s := range d.Shapes {
		if s.From < 0 || s.To > len(raw) || s.From < d.Packet || s.From >= s.To || len(s.Type) != 4 || len(s.Fields) == 0 {
			t.Errorf("shape %+v", s)
		}
	}
}

func FuzzDiagnose(f *testing.F) {
	doctor := host.NewDoctor(host.Candidates())
	captured(f, func(profile, name string, message []byte) {
		if strings.HasPrefix(name, "sale") || strings.HasPrefix(name, "settle") || strings.HasPrefix(name, "sign-on") {
			framing := profileCodec(f, profile).Profile().Framing
			frame, err := framing.Append(nil, framing.Header(), message)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(frame)
		}
	})
	f.Fuzz(func(t *testing.T, raw []byte) { sound(t, doctor, raw) })
}

// Whatever text is given, an error quotes nothing of it, and bytes that were read
// are read again from their digits.
func FuzzReadCapture(f *testing.F) {
	for _, seed := range []string{
		"0200 3020", "0x02, 0x00", `\x30\x32`, "00000000: 0022 3032 3030  .\"0200\n00000006: 7c  |\n",
		"00000000  01 02\n*\n00000006  03\n00000007", "0000000 30 32\n0000002", "*\n*", "4111111111111111 VISA",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		kept := bytes.Clone(text)
		raw, err := host.ReadCapture(text)
		switch {
		case !bytes.Equal(text, kept):
			t.Error("the text was changed")
		case err != nil:
			if len(raw) > 0 || !errors.Is(err, host.ErrNotHex) && !errors.Is(err, host.ErrNothing) && !errors.Is(err, host.ErrTooLong) {
				t.Errorf("%d bytes and %v", len(raw), err)
			}
		default:
			again, err := host.ReadCapture([]byte(xxd(raw)))
			if err != nil || !bytes.Equal(again, raw) {
				t.Errorf("%x read again is %x, %v", raw, again, err)
			}
		}
	})
}

// A codec finds its message in any frame.
func TestLocate(t *testing.T) {
	captured(t, func(profile, name string, message []byte) {
		c := profileCodec(t, profile)
		for _, f := range []host.Framing{
			{Length: host.LengthBE2, Max: 2000}, {Length: host.LengthBCD2, TPDU: "6000010002", Max: 2000},
			{Length: host.LengthASCII4, Inclusive: true, Max: 2000},
		} {
			frame, err := f.Append(nil, f.Header(), message)
			if err != nil {
				t.Fatal(err)
			}
			s := c.Locate(frame, evening)
			got := frame[s.From:s.To]
			if !bytes.Equal(got, message) || s.Length != f.Length || s.Inclusive != f.Inclusive || s.TPDU != (f.TPDU != "") {
				t.Errorf("%s %s: %+v", profile, name, s)
			}
		}
		if s := c.Locate(message, evening); s.From != 0 || s.To != len(message) || s.Length != "" {
			t.Errorf("%s %s: %+v", profile, name, s)
		}
	})
	c := profileCodec(t, "iso93")
	if s := c.Locate([]byte("nothing"), evening); s.From != 0 || s.To != 7 || s.Type != "" {
		t.Errorf("nothing: %+v", s)
	}
}

func BenchmarkDiagnose(b *testing.B) {
	doctor := host.NewDoctor(host.Candidates())
	c := profileCodec(b, "unionpay")
	terminal, _ := pair(b, c.Profile().Keys)
	message, err := c.PackRequest(chipSale(b), terminal)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		doctor.Diagnose(message, evening)
	}
}
