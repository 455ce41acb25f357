package emv

import (
	"bytes"
	"fmt"
	"strconv"

	"vpos/reader"
	"vpos/reader/tlv"
)

// afl is one entry of the application file locator (Book 3, 10.2).
type afl struct {
	sfi, first, last byte
	signed           byte // how many records, from the first, offline authentication covers
}

// maxRecords bounds what an AFL may ask to be read.
const maxRecords = 256

// parseAFL reads the application file locator and refuses what Book 3, 10.2
// forbids: nothing, an SFI of 0 or 31, record 0, a range that ends before it
// begins, more signed records than there are.
func parseAFL(b []byte) ([]afl, bool) {
	if len(b) == 0 || len(b)%4 != 0 {
		return nil, false
	}
	var list []afl
	total := 0
	for ; len(b) > 0; b = b[4:] {
		a := afl{sfi: b[0] >> 3, first: b[1], last: b[2], signed: b[3]}
		if a.sfi < 1 || a.sfi > 30 || a.first < 1 || a.last < a.first || int(a.signed) > int(a.last)-int(a.first)+1 {
			return nil, false
		}
		total += int(a.last) - int(a.first) + 1
		list = append(list, a)
	}
	return list, total <= maxRecords
}

// startReading is Book 3, 10.2.
func (k *Kernel) startReading() Request {
	k.phase = PhaseRead
	k.note(RuleAFL, strconv.Itoa(len(k.records)))
	k.seen = map[tlv.Tag]bool{}
	return k.read(0, k.records[0].first)
}

// read asks for one record and goes on to the next.
func (k *Kernel) read(entry int, record byte) Request {
	a := k.records[entry]
	return k.send(readRecord(a.sfi, record), func(r reply) Request {
		where := fmt.Sprintf("sfi %d record %d", a.sfi, record)
		switch {
		case !r.ok():
			return k.badStatus(r)
		case len(r.data) > maxData:
			return k.badData(where + " length")
		}
		if wrong := k.takeRecord(a, record, r.data); wrong != "" {
			return k.badData(where + " " + wrong)
		}
		switch {
		case record < a.last:
			return k.read(entry, record+1)
		case entry+1 < len(k.records):
			return k.read(entry+1, k.records[entry+1].first)
		}
		return k.recordsRead()
	})
}

// takeRecord keeps the data of one record and says what is wrong with it. A
// file of the application (SFI 1 to 10) holds template 70 and nothing else
// (Book 3, 5.3.2.2); what is in other files is kept where it is one too.
func (k *Kernel) takeRecord(a afl, record byte, data []byte) string {
	nodes, err := tlv.Parse(data)
	template := err == nil && len(nodes) == 1 && nodes[0].Tag == tagRecord
	if !template && a.sfi <= 10 {
		return "template"
	}
	if record-a.first < a.signed {
		k.takeSigned(a, data, template, nodes)
	}
	if !template {
		return ""
	}
	return k.takeObjects(nodes[0].Children)
}

// takeSigned adds a record to the data to be authenticated (Book 3, 10.3): the
// inside of template 70 for files 1 to 10, the whole record for the others,
// which must be a template 70 as well.
func (k *Kernel) takeSigned(a afl, data []byte, template bool, nodes []tlv.Node) {
	switch {
	case !template:
		k.badSign = true
	case a.sfi <= 10:
		k.signed = append(k.signed, nodes[0].Value...)
	default:
		k.signed = append(k.signed, data...)
	}
}

// takeObjects stores what the kernel may take from a card. The same object
// twice ends the transaction (Book 3, 10.2); unknown ones are passed over.
func (k *Kernel) takeObjects(nodes []tlv.Node) string {
	for _, n := range nodes {
		switch {
		case n.Tag.Constructed():
			if wrong := k.takeObjects(n.Children); wrong != "" {
				return wrong
			}
		case !fromCard(n.Tag):
			k.note(RuleUnknownTag, n.Tag.String())
		case k.seen[n.Tag]:
			return "doubled " + n.Tag.String()
		default:
			k.seen[n.Tag] = true
			k.data[n.Tag] = bytes.Clone(n.Value)
		}
	}
	return ""
}

// sizes are the lengths of what the kernel reads byte by byte (Book 3, Annex
// A); another length is a format error (Book 3, 7.5).
var sizes = map[tlv.Tag][2]int{
	tagPAN: {6, 10}, tagExpiry: {3, 3}, tagEffective: {3, 3}, tagIssuerNation: {2, 2}, tagUsage: {2, 2},
	tagCardVersion: {2, 2}, tagIACDefault: {5, 5}, tagIACDenial: {5, 5}, tagIACOnline: {5, 5},
	tagLCOL: {1, 1}, tagUCOL: {1, 1}, tagPSN: {1, 1}, tagAppCurrency: {2, 2}, tagCDOL1: {0, 252},
	tagCDOL2: {0, 252}, tagCAIndex: {1, 1},
}

// recordsRead checks what must be there (Book 3, 7.2) and reads the identity.
func (k *Kernel) recordsRead() Request {
	for _, t := range []tlv.Tag{tagPAN, tagExpiry, tagCDOL1, tagCDOL2} {
		if !k.data.has(t) {
			return k.badTag(t)
		}
	}
	for _, t := range sortedTags(sizes) {
		if v, ok := k.data[t]; ok && (len(v) < sizes[t][0] || len(v) > sizes[t][1]) {
			return k.badTag(t)
		}
	}
	for _, t := range []tlv.Tag{tagExpiry, tagEffective} {
		if v, ok := k.data[t]; ok && !isDate(v) {
			return k.badTag(t)
		}
	}
	if wrong := k.takeIdentity(); wrong != 0 {
		return k.badTag(wrong)
	}
	if k.txn.Identify {
		return k.end(Identified, ReasonNone)
	}
	return k.authenticate()
}

// takeIdentity makes the secret types of what the records say.
func (k *Kernel) takeIdentity() tlv.Tag {
	digits, ok := bcdDigits(k.data[tagPAN])
	defer clear(digits)
	pan, err := reader.RestorePAN(digits)
	if !ok || err != nil {
		return tagPAN
	}
	id := &k.identity
	id.PAN = pan
	e := k.data[tagExpiry]
	year, _ := bcd(e[0])
	month, _ := bcd(e[1])
	id.Expiry = reader.Expiry{Year: pivot(year), Month: month}
	if v := k.data[tagPSN]; v != nil {
		n, good := bcd(v[0])
		if !good {
			return tagPSN
		}
		id.Sequence = n
	}
	track, good := bcdTrack(k.data[tagTrack2])
	defer clear(track)
	if good {
		if t, err := reader.ParseTrack2(track); err == nil {
			id.Track2, id.Service = t.Track2, t.Service
		}
	}
	return 0
}

// bcdTrack writes track 2 equivalent data as characters, = between the fields
// (Book 3, Annex A: 57).
func bcdTrack(packed []byte) ([]byte, bool) {
	track := []byte(hexed(packed))
	track = bytes.TrimRight(track, "F")
	return bytes.ReplaceAll(track, []byte("D"), []byte("=")), len(packed) > 0
}

// isDate reports whether three bytes are YYMMDD.
func isDate(b []byte) bool {
	_, okYear := bcd(b[0])
	month, okMonth := bcd(b[1])
	day, okDay := bcd(b[2])
	return okYear && okMonth && okDay && month >= 1 && month <= 12 && day >= 1 && day <= 31
}
