package host

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"vpos/txn"
	"vpos/txn/host/keys"
)

// builder makes a profile of its file and goes on after a mistake, so that one
// does not hide the others.
type builder struct {
	file  profileFile
	found []error
}

// wrong notes a mistake at a key.
func (b *builder) wrong(key string, err error) {
	if err != nil {
		b.found = append(b.found, within(key, err))
	}
}

func (f profileFile) profile() (Profile, []error) {
	b := &builder{file: f}
	p := Profile{
		Name: f.Name, Title: Title(f.Title),
		Framing: Framing{LengthForm(f.Framing.Length), f.Framing.Inclusive, f.Framing.TPDU, f.Framing.Max},
		Header:  Header(f.Header),
		MTI:     Encoding(f.MTI), Bitmap: BitmapForm(f.Bitmap),
		NII: f.NII, Acquirer: f.Acquirer, Forward: f.Forwarder,
		Keys: keys.Rules{
			MAC: keys.MAC(f.Keys.MAC), PIN: keys.PINFormat(f.Keys.PIN), PINUnder: f.Keys.PINUnder,
			Track: f.Keys.Track, Blob: keys.Blob(f.Keys.Blob),
		},
		PINLength: f.PIN.Length, PIN: PINDigits{f.PIN.Entered, f.PIN.None},
		Codes: pairs(f.Codes), Reasons: pairs(f.Reasons), Brands: pairs(f.Brands),
		Limits: b.limits(),
	}
	for _, mode := range slices.Sorted(maps.Keys(f.Entry)) {
		e := f.Entry[mode]
		p.Entry = append(p.Entry, EntryRow{mode, e.Code, e.Reader, e.Condition})
	}
	b.fields(&p)
	b.ops(&p)
	return p, b.found
}

// pairs is a table of codes, sorted: of several that are one on the wire, the
// first is what it is read as.
func pairs(m map[string]string) []Pair {
	out := make([]Pair, 0, len(m))
	for _, here := range slices.Sorted(maps.Keys(m)) {
		out = append(out, Pair{here, m[here]})
	}
	return out
}

func (b *builder) limits() Limits {
	l := b.file.Limits
	span := func(key, text string) time.Duration {
		if text == "" {
			return 0
		}
		d, err := time.ParseDuration(text)
		if err != nil || d < 0 {
			b.wrong("limits."+key, errors.New(`not a duration such as "30s"`))
		}
		return d
	}
	return Limits{
		Details: l.Details, MaxAmount: l.MaxAmount,
		ReplyTimeout:   span("reply_timeout", l.ReplyTimeout),
		ConnectTimeout: span("connect_timeout", l.ConnectTimeout),
		EchoEvery:      span("echo_every", l.EchoEvery),
	}
}

func (b *builder) fields(p *Profile) {
	numbers := slices.SortedFunc(maps.Keys(b.file.Fields), func(x, y string) int {
		if len(x) != len(y) {
			return len(x) - len(y)
		}
		return strings.Compare(x, y)
	})
	for _, key := range numbers {
		f := b.file.Fields[key]
		n, err := strconv.Atoi(key)
		if err != nil || strconv.Itoa(n) != key {
			b.wrong("fields."+key, errors.New("not the number of a field"))
			continue
		}
		kind, prefix, length, open, err := parseForm(f.Form)
		if err == nil && open {
			err = errors.New("only a part may be open")
		}
		b.wrong("fields."+key+".form", err)
		spec := FieldSpec{
			Number: n, Name: f.Name, Kind: kind, Length: length, Prefix: prefix,
			Encoding: Encoding(f.Encoding), LengthIn: Encoding(f.Length), Align: Align(f.Align), Holds: Holder(f.Holds),
			Parts: b.parts("fields."+key, f.Parts),
		}
		b.defaults(&spec)
		for _, name := range slices.Sorted(maps.Keys(f.Layouts)) {
			l := f.Layouts[name]
			spec.Layouts = append(spec.Layouts, Layout{name, Holder(l.Holds), b.parts("fields."+key+".layouts."+name, l.Parts)})
		}
		p.Fields = append(p.Fields, spec)
	}
}

// defaults are the encodings a field has when it says none.
func (b *builder) defaults(spec *FieldSpec) {
	e := b.file.Encoding
	if spec.Encoding == "" {
		switch spec.Kind {
		case Numeric:
			spec.Encoding = Encoding(e.Numeric)
		case TrackSet:
			spec.Encoding = Encoding(e.Track)
		default:
		}
	}
	if spec.LengthIn == "" {
		spec.LengthIn = Encoding(e.Length)
	}
}

func (b *builder) parts(key string, list []partFile) []Part {
	var out []Part
	for i, f := range list {
		at := fmt.Sprintf("%s.parts.%d", key, i)
		p := Part{Name: f.Name, Tag: f.Tag, Hex: f.Hex, Holds: Holder(f.Holds), Value: f.Value, Repeat: f.Repeat}
		if f.Repeat > 0 {
			p.Parts = b.parts(at, f.Parts)
		} else {
			var err error
			p.Kind, p.Prefix, p.Length, p.Open, err = parseForm(f.Form)
			b.wrong(at+".form", err)
		}
		out = append(out, p)
	}
	return out
}

// forms are the words a form begins with, the longest first.
var forms = []Kind{Chinese, Text, AlphaNum, Numeric, TrackSet, Binary}

// parseForm reads the form of a field as ISO 8583 writes it: n6 is fixed, n..19
// has a length of two digits and n...999 one of three. A part may also be open,
// n* or n*20: all that is left, at most so many.
func parseForm(form string) (kind Kind, prefix, length int, open bool, err error) {
	rest := form
	for _, k := range forms {
		if cut, ok := strings.CutPrefix(form, string(k)); ok {
			kind, rest = k, cut
			break
		}
	}
	cut, open := strings.CutPrefix(rest, "*")
	size := strings.TrimLeft(cut, ".")
	prefix = len(cut) - len(size)
	if open && size == "" {
		return kind, 0, 0, true, nil
	}
	length, fail := strconv.Atoi(size)
	if kind == "" || prefix == 1 || prefix > 3 || open && prefix > 0 || fail != nil || length < 1 || length > 999 {
		return "", 0, 0, false, fmt.Errorf("%q: not a form such as n6, ans..25, b...255", form)
	}
	return kind, prefix, length, open, nil
}

func (b *builder) ops(p *Profile) {
	for _, name := range b.rowNames() {
		f := b.file.Ops[name]
		if f.Off {
			continue
		}
		spec := OpSpec{
			Name: name, Op: txn.Op(f.Op), When: f.When, MTI: f.MTI, Repeat: f.Repeat,
			Processing: f.Processing, Condition: f.Condition, Phone: f.Phone, Network: f.Network, Type: f.Type, Function: f.Function,
			Approved: f.Approved, Original: txn.Op(f.Original), OfOriginal: f.OfOriginal, Each: f.Each,
		}
		if f.Op == "" {
			spec.Op = txn.Op(name)
		}
		if f.Network == byKeys {
			spec.Network = b.file.Keys.Networks[b.file.Keys.Blob]
			if spec.Network == "" {
				b.wrong("keys.blob", fmt.Errorf("%q: no sign-on code for it in keys.networks", b.file.Keys.Blob))
			}
		}
		var err error
		spec.Request, err = b.list(f.Request, 0)
		b.wrong("ops."+name+".request", err)
		spec.Reply, err = b.list(f.Reply, 0)
		b.wrong("ops."+name+".reply", err)
		p.Ops = append(p.Ops, spec)
	}
}

// byKeys stands for the management code that goes with the layout of the keys.
const byKeys = "@keys"

// rowNames are the rows in the order of the operations.
func (b *builder) rowNames() []string {
	place := func(name string) int {
		op := b.file.Ops[name].Op
		if op == "" {
			op = name
		}
		return slices.Index(txn.Ops(), txn.Op(op))
	}
	return slices.SortedFunc(maps.Keys(b.file.Ops), func(x, y string) int {
		if d := place(x) - place(y); d != 0 {
			return d
		}
		return strings.Compare(x, y)
	})
}

// maxLists is how deep lists may be in lists, maxListed how long one may become.
const (
	maxLists  = 4
	maxListed = 512
)

// list reads a list of fields: numbers, with ! for one that must be there and
// :LAYOUT for what is in it, and @NAME for one of the file's lists. What is named
// once more replaces what was named before.
func (b *builder) list(text string, depth int) ([]Carried, error) {
	var out []Carried
	for _, word := range strings.Fields(text) {
		if len(out) > maxListed {
			return nil, errors.New("the list is too long")
		}
		if name, named := strings.CutPrefix(word, "@"); named {
			inner, known := b.file.Lists[name]
			if !known || depth == maxLists {
				return nil, fmt.Errorf("list %q: unknown", name)
			}
			more, err := b.list(inner, depth+1)
			if err != nil {
				return nil, err
			}
			out = append(out, more...)
			continue
		}
		number, must := strings.CutSuffix(word, "!")
		number, layout, _ := strings.Cut(number, ":")
		n, err := strconv.Atoi(number)
		if err != nil || n < 0 {
			return nil, fmt.Errorf("%q: not a field such as 4, 4! or 48:tip", word)
		}
		out = append(out, Carried{n, must, layout})
	}
	slices.SortStableFunc(out, func(x, y Carried) int { return x.Number - y.Number })
	last := out[:0]
	for i, c := range out {
		if i+1 == len(out) || out[i+1].Number != c.Number {
			last = append(last, c)
		}
	}
	return last, nil
}
