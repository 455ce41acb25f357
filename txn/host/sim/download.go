package sim

import (
	"bytes"
	"encoding/binary"
	"slices"
	"sync"

	"vpos/reader/scheme"
	"vpos/txn"
)

// Downloads: the terminal's keys, applications and parameters, in the layout of
// UnionPay's field 62 (C, unless marked): a status digit, then data elements.

// The status digits.
const (
	none     = '0' // nothing there
	complete = '1' // all of it
)

// parameters are a terminal's settings: two digits say which, the value follows
// in its fixed size (G).
var parameters = []struct{ tag, value string }{
	{"12", "60"}, // seconds to wait for a reply
	{"13", "3"},  // how often a reversal is tried before somebody is told
	{"18", "1"},  // tips are supported
	{"19", "15"}, // the most a tip may be, in per cent
	{"20", "1"},  // numbers may be keyed
	{"21", "0"},  // signs off by itself after settlement
	{"23", "3"},  // how often an advice is repeated
	{"24", "1"},  // the master key's place
}

// served is what there is to download: by operation and what is asked.
type served map[txn.Op]map[string][]byte

var serving = sync.OnceValue(func() served {
	s := served{txn.OpCAPKGet: {}, txn.OpAIDGet: {}}
	terms := scheme.Builtin()
	var keys, aids []byte
	for _, k := range terms.Keys {
		expiry := "20491231" // the file knows none
		if !k.Expiry.IsZero() {
			expiry = k.Expiry.Format("20060102")
		}
		name := slices.Concat(element(0x9F06, k.RID[:]), element(0x9F22, []byte{k.Index}))
		keys = slices.Concat(keys, name, element(0xDF05, []byte(expiry)))
		s[txn.OpCAPKGet][string(append(k.RID[:], k.Index))] = slices.Concat([]byte{complete}, name,
			element(0xDF05, []byte(expiry)), element(0xDF06, []byte{1}), element(0xDF07, []byte{1}),
			element(0xDF02, k.Modulus), element(0xDF04, k.Exponent), element(0xDF03, k.Checksum[:]))
	}
	for i := range terms.Applications {
		a := &terms.Applications[i]
		aids = append(aids, element(0x9F06, a.AID)...)
		s[txn.OpAIDGet][string(a.AID)] = application(a)
	}
	s[txn.OpCAPKQuery] = map[string][]byte{"": append([]byte{complete}, keys...)}
	s[txn.OpAIDQuery] = map[string][]byte{"": append([]byte{complete}, aids...)}
	all := []byte{complete}
	for _, p := range parameters {
		all = append(all, p.tag+p.value...)
	}
	s[txn.OpParamQuery] = map[string][]byte{"": all}
	s[txn.OpParamGet] = s[txn.OpParamQuery]
	return s
})

// application is what a terminal is told of one AID.
func application(a *scheme.Application) []byte {
	partial := []byte{1}
	if a.Partial {
		partial[0] = 0
	}
	floor := binary.BigEndian.AppendUint32(nil, uint32(a.Floor))         //nolint:gosec // the file's are small
	threshold := binary.BigEndian.AppendUint32(nil, uint32(a.Threshold)) //nolint:gosec // as above
	return slices.Concat([]byte{complete}, element(0x9F06, a.AID), element(0xDF01, partial), element(0x9F08, a.Version[:]),
		element(0xDF11, a.Default[:]), element(0xDF12, a.Online[:]), element(0xDF13, a.Denial[:]),
		element(0x9F1B, floor), element(0xDF15, threshold),
		element(0xDF16, percent(a.MaxTarget)), element(0xDF17, percent(a.Target)),
		element(0xDF14, a.DDOL), element(0xDF18, []byte{1}))
}

// percent is two digits packed.
func percent(n int) []byte { return []byte{byte(n/10<<4 | n%10)} } //nolint:gosec // 0 to 99

// element is a data element with a tag of two bytes (EMV Book 3, annex B).
func element(tag uint16, value []byte) []byte {
	b := binary.BigEndian.AppendUint16(nil, tag)
	switch n := len(value); {
	case n < 0x80:
		b = append(b, byte(n))
	case n < 0x100:
		b = append(b, 0x81, byte(n))
	default:
		b = append(b, 0x82, byte(n>>8), byte(n)) //nolint:gosec // far shorter
	}
	return append(b, value...)
}

// download answers with what was asked for.
func download(r *txn.Request, v *Verdict) {
	v.Reply.Code = CodeApproved
	what := r.Ask
	if r.Op != txn.OpCAPKGet && r.Op != txn.OpAIDGet {
		what = nil
	}
	data, there := serving()[r.Op][string(bare(what))]
	if !there {
		data = []byte{none}
	}
	v.Reply.Data = bytes.Clone(data)
}

// bare takes the tags off what is asked for, where it has any: 9F06 and 9F22.
func bare(ask []byte) []byte {
	var out []byte
	rest := ask
	for _, tag := range []string{"\x9F\x06", "\x9F\x22"} {
		if after, ok := bytes.CutPrefix(rest, []byte(tag)); ok && len(after) > 0 && len(after) > int(after[0]) {
			out = append(out, after[1:1+int(after[0])]...)
			rest = after[1+int(after[0]):]
		}
	}
	if len(rest) > 0 || out == nil {
		return ask
	}
	return out
}
