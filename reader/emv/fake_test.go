package emv

import (
	"bytes"
	"encoding/hex"
	"slices"
	"strings"
	"testing"

	"vpos/reader/tlv"
)

func unhex(s string) []byte {
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		panic(err)
	}
	return b
}

const (
	testPAN = "4761739001010119"
	testAID = "A0000000031010"
)

// app is one application of the fake card.
type app struct {
	aid, label string // aid in hex
	priority   byte
	fci        []byte // more objects inside A5
	pdol       []byte
	aip        []byte
	values     store       // what stands in the records
	records    [][]tlv.Tag // SFI 1 records 1 and 2, SFI 2 records 1 and 2
	afl        string
	format2    bool
	ac1, ac2   byte // what the card is willing to give, 0xFF for all it is asked for
	iad        []byte
	pin        string
	tries      int
	atc, last  int // of GET DATA; last < 0 for none
	gpo        uint16
	spoil      map[string]*spoiler // by certificate: issuer, card, pin, static, dynamic, ac1, ac2
	keys       hierarchy
	plain      bool // sign nothing though asked to
	issuerAuth uint16
	generated  int
	sentPDOL   []byte
	sentCDOL   []byte
	challenge  []byte
}

// fake is a card that answers what a card would and stops the test at anything
// a terminal must not send.
type fake struct {
	t        testing.TB
	apps     []*app
	pse      bool
	current  *app
	override func(n int, command []byte) (uint16, []byte, bool)
	log      []string
	commands [][]byte
	next     map[string]int // occurrences for SELECT NEXT
	extra    func(command []byte) (uint16, []byte, bool)
}

func (f *fake) die(format string, args ...any) (uint16, []byte) {
	f.t.Helper()
	f.t.Fatalf("card: "+format+" after %v", append(args, f.log)...)
	return 0, nil
}

// answer is one exchange.
func (f *fake) answer(request Transmit) (uint16, []byte) {
	f.t.Helper()
	c := bytes.Clone([]byte(request.APDU))
	f.commands = append(f.commands, c)
	f.log = append(f.log, request.APDU.Name())
	if f.override != nil {
		if sw, data, ok := f.override(len(f.commands), c); ok {
			return sw, data
		}
	}
	if f.extra != nil {
		if sw, data, ok := f.extra(c); ok {
			return sw, data
		}
	}
	switch c[1] {
	case insSelect:
		return f.sel(c)
	case insReadRecord:
		return f.record(c)
	case insGPO:
		return f.options(c)
	case insGenerateAC:
		return f.cryptogram(c)
	case insGetData:
		return f.data(c)
	case insVerify:
		return f.verify(c)
	case insGetChallenge:
		if !bytes.Equal(c, unhex("0084000000")) {
			return f.die("challenge %X", c)
		}
		f.current.challenge = unhex("1122334455667788")
		return swOK, f.current.challenge
	case insInternalAuth:
		return f.sign(c)
	case insExternalAuth:
		if len(c) != 5+int(c[4]) {
			return f.die("external authenticate %X", c)
		}
		return f.current.issuerAuth, nil
	}
	return f.die("unknown %X", c)
}

// case4Data checks the shape of a command with data and an answer.
func (f *fake) case4Data(c []byte) []byte {
	f.t.Helper()
	if len(c) != 6+int(c[4]) || c[len(c)-1] != 0 {
		f.die("no case 4 with Le 00: %X", c)
	}
	return c[5 : len(c)-1]
}

func (f *fake) sel(c []byte) (uint16, []byte) {
	name := f.case4Data(c)
	if string(name) == pseName {
		if !f.pse {
			return swNoFile, nil
		}
		f.current = nil
		return swOK, fci(name, tlv.Append(nil, tagSFI, []byte{1}))
	}
	key := hexed(name)
	if c[3] == 0 {
		f.next[key] = 0
	}
	matches := slices.Collect(func(yield func(*app) bool) {
		for _, a := range f.apps {
			if strings.HasPrefix(a.aid, key) && !yield(a) {
				return
			}
		}
	})
	if f.next[key] >= len(matches) {
		return swNoFile, nil
	}
	f.current = matches[f.next[key]]
	f.next[key]++
	return swOK, f.current.fciBytes()
}

func fci(name, inside []byte) []byte {
	body := tlv.Append(nil, tagDFName, name)
	return tlv.Append(nil, tagFCI, tlv.Append(body, tagProprietary, inside))
}

func (a *app) fciBytes() []byte {
	inside := tlv.Append(nil, tagLabel, []byte(a.label))
	if a.priority != 0 {
		inside = tlv.Append(inside, tagPriority, []byte{a.priority})
	}
	if a.pdol != nil {
		inside = tlv.Append(inside, tagPDOL, a.pdol)
	}
	return fci(unhex(a.aid), append(inside, a.fci...))
}

func (f *fake) record(c []byte) (uint16, []byte) {
	if len(c) != 5 || c[3]&7 != 4 || c[4] != 0 {
		return f.die("read record %X", c)
	}
	sfi, n := int(c[3]>>3), int(c[2])
	if f.current == nil {
		if n > len(f.apps) {
			return swNoRecord, nil
		}
		a := f.apps[n-1]
		entry := tlv.Append(nil, tagAID, unhex(a.aid))
		entry = tlv.Append(entry, tagLabel, []byte(a.label))
		if a.priority != 0 {
			entry = tlv.Append(entry, tagPriority, []byte{a.priority})
		}
		return swOK, tlv.Append(nil, tagRecord, tlv.Append(nil, tagEntry, entry))
	}
	i := (sfi-1)*2 + n - 1
	if i >= len(f.current.records) {
		return swNoRecord, nil
	}
	return swOK, f.current.recordBytes(i)
}

func (a *app) recordBytes(i int) []byte {
	var body []byte
	for _, t := range a.records[i] {
		if v, ok := a.values[t]; ok {
			body = tlv.Append(body, t, v)
		}
	}
	return tlv.Append(nil, tagRecord, body)
}

func (f *fake) options(c []byte) (uint16, []byte) {
	a, data := f.current, f.case4Data(c)
	nodes, err := tlv.Parse(data)
	if err != nil || len(nodes) != 1 || nodes[0].Tag != 0x83 {
		return f.die("gpo %X", c)
	}
	if dol, _ := tlv.ParseDOL(a.pdol); dol.Size() != len(nodes[0].Value) {
		return f.die("pdol %X", c)
	}
	if a.gpo != 0 {
		return a.gpo, nil
	}
	a.sentPDOL = nodes[0].Value
	if a.format2 {
		body := tlv.Append(nil, tagAIP, a.aip)
		return swOK, tlv.Append(nil, tagFormat2, tlv.Append(body, tagAFL, unhex(a.afl)))
	}
	return swOK, tlv.Append(nil, tagFormat1, append(bytes.Clone(a.aip), unhex(a.afl)...))
}

func newFake(t testing.TB, apps ...*app) *fake {
	return &fake{t: t, apps: apps, pse: true, next: map[string]int{}}
}
