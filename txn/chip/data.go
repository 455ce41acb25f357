package chip

import (
	"encoding/binary"
	"encoding/hex"
	"strings"

	"vpos/reader"
	"vpos/reader/emv"
	"vpos/reader/tlv"
)

// The data elements a slip and a journal keep.
const (
	tagCryptogram tlv.Tag = 0x9F26
	tagATC        tlv.Tag = 0x9F36
	tagCID        tlv.Tag = 0x9F27
)

// onlineCard is the card as a request carries it.
func onlineCard(q emv.NeedOnline) reader.Card {
	id := q.Card
	data := chipData(id, q.Field55)
	data.TVR, data.TSI = q.TVR, q.TSI
	data.Field55 = q.Field55
	return reader.Card{
		Entry: reader.Chip, PAN: id.PAN, Expiry: id.Expiry, Track2: id.Track2, Service: id.Service, Chip: data,
	}
}

// outcomeChip is what is left of a card after its final word; nil where it said
// nothing of itself.
func outcomeChip(o emv.Outcome) *reader.ChipData {
	if len(o.Card.AID) == 0 {
		return nil
	}
	data := chipData(o.Card, o.Field55)
	data.TVR, data.TSI, data.CID = o.TVR, o.TSI, o.CID
	data.PIN, data.Signature = o.PINGood, o.Signature
	data.Reversal55, data.Script55 = o.Reversal55, o.Script55
	return data
}

func chipData(id emv.Identity, field55 []byte) *reader.ChipData {
	values := objects(field55)
	data := &reader.ChipData{
		AID: strings.ToUpper(hex.EncodeToString(id.AID)), Label: id.Label, Sequence: id.Sequence, Lang: id.Prefers,
		Cryptogram: values[tagCryptogram], ATC: counter(values[tagATC]),
	}
	if cid := values[tagCID]; len(cid) == 1 {
		data.CID = cid[0]
	}
	data.Reversal55 = emv.Field55(emv.ReversalTags(), func(t tlv.Tag) ([]byte, bool) { v, ok := values[t]; return v, ok })
	return data
}

// objects are the data elements of a field 55 the kernel made.
func objects(field55 []byte) map[tlv.Tag][]byte {
	values := map[tlv.Tag][]byte{}
	nodes, _ := tlv.Parse(field55) // our own making
	for _, n := range nodes {
		values[n.Tag] = n.Value
	}
	return values
}

func counter(b []byte) uint16 {
	if len(b) != 2 {
		return 0
	}
	return binary.BigEndian.Uint16(b)
}
