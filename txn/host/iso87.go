package host

import (
	"vpos/reader"
	"vpos/txn"
)

// ISO87 is the profile iso87-ascii: ISO 8583:1987 in ASCII, the way most
// acquirers' generic interfaces have it. Rows marked K are common practice and
// those marked G a guess; an acquirer that differs is another profile.
func ISO87() Profile {
	return Profile{
		Name:     "iso87-ascii",
		Framing:  Framing{Length: LengthBE2, Max: 4096},
		Bitmap:   BitmapBinary,
		NII:      "001", // G
		Acquirer: "",    // zeros
		Forward:  "",    // zeros
		Fields:   iso87Fields(),
		Ops:      iso87Ops(),
		Entry: []EntryRow{ // K: how read, then 1 = PIN can be entered
			{string(reader.Chip), "051"},
			{string(reader.Swipe), "021"},
			{string(reader.Manual), "011"},
			{string(reader.Contactless), "071"},
			{string(reader.Fallback), "801"}, // G
		},
		Security: Security{CodeTag: "92", PresenceTag: "91"}, // G
	}
}

// iso87Fields is the field table of ISO 8583:1987, 4.3, as far as it is used.
func iso87Fields() []FieldSpec {
	return []FieldSpec{
		{2, "PAN", Numeric, 19, 2, HoldsPAN},
		{3, "processing code", Numeric, 6, 0, HoldsProcessing},
		{4, "amount", Numeric, 12, 0, HoldsAmount},
		{7, "transmission date and time", Numeric, 10, 0, HoldsSentUTC},
		{11, "STAN", Numeric, 6, 0, HoldsSTAN},
		{12, "local time", Numeric, 6, 0, HoldsTime},
		{13, "local date", Numeric, 4, 0, HoldsDate},
		{14, "expiry", Numeric, 4, 0, HoldsExpiry},
		{15, "settlement date", Numeric, 4, 0, ""},
		{22, "entry mode", Numeric, 3, 0, HoldsEntryMode},
		{23, "card sequence", Numeric, 3, 0, HoldsSequence},
		{24, "NII", Numeric, 3, 0, HoldsNII},
		{25, "condition code", Numeric, 2, 0, HoldsCondition},
		{32, "acquirer", Numeric, 11, 2, ""},
		{35, "track 2", TrackSet, 37, 2, HoldsTrack2},
		{37, "reference number", AlphaNum, 12, 0, HoldsRRN},
		{38, "authorisation code", AlphaNum, 6, 0, HoldsAuthCode},
		{39, "response code", AlphaNum, 2, 0, HoldsResponse},
		{41, "terminal", Text, 8, 0, HoldsTerminal},
		{42, "merchant", Text, 15, 0, HoldsMerchant},
		{44, "additional response", Text, 25, 2, ""},
		{48, "private data", Text, 999, 3, HoldsSecurity}, // G: the tags
		{49, "currency", Numeric, 3, 0, HoldsCurrency},
		{52, "PIN block", Binary, 8, 0, ""},
		{53, "security control", Numeric, 16, 0, ""},
		{54, "additional amounts", Text, 120, 3, ""},
		{55, "chip data", Binary, 999, 3, HoldsChip},
		{60, "batch", Text, 999, 3, HoldsBatch},     // K
		{62, "invoice", Text, 999, 3, HoldsInvoice}, // K
		{63, "totals", Text, 999, 3, ""},            // K
		{64, "MAC", Binary, 8, 0, ""},
		{70, "network code", Numeric, 3, 0, HoldsNetwork},
		{90, "original data", Numeric, 42, 0, HoldsOriginal},
		{128, "MAC", Binary, 8, 0, ""},
	}
}

// iso87Ops is the code table. A swipe carries fields 2 and 14 beside 35 (K); read
// from others, a track makes up for them. A chip's sale carries 35 too, the track 2
// equivalent (EMV tag 57), and field 55; a void asks nothing of the chip (K).
func iso87Ops() []OpSpec {
	answer := carried("3! 4! 7 11! 12 13 24 37 38 39! 41! 42! 49! 55 60")
	manage, managed := carried("7! 11! 24 41! 42! 60 70!"), carried("7 11! 12 13 24 39! 41! 42! 70!")
	return []OpSpec{
		{
			Op: txn.OpSale, MTI: "0200", Processing: "000000", Condition: "00",
			Request: carried("2! 3! 4! 7! 11! 12 13 14 22! 23 24 25 35 41! 42! 48 49! 55 60! 62"), Reply: answer,
		},
		{ // K: field 90 names the sale, 62 its number
			Op: txn.OpVoid, MTI: "0200", Processing: "020000", Condition: "00",
			Request: carried("2! 3! 4! 7! 11! 12 13 14 22! 23 24 25 35 37 38 41! 42! 49! 60! 62 90!"), Reply: answer,
		},
		{
			Op: txn.OpReversal, MTI: "0400", Repeat: "0401", OfOriginal: true,
			Request: carried("2 3! 4! 7! 11! 12 13 14 22 23 24 25 38 39 41! 42! 49! 55 60! 62 90!"), Reply: answer,
		},
		{Op: txn.OpSignOn, MTI: "0800", Network: "001", Request: manage, Reply: managed},
		{Op: txn.OpSignOff, MTI: "0800", Network: "002", Request: manage, Reply: managed},
		{Op: txn.OpEcho, MTI: "0800", Network: "301", Request: manage, Reply: managed},
	}
}

// carried reads a list of field numbers; a mark ! makes one mandatory.
func carried(list string) []Carried {
	var out []Carried
	n, digits := 0, false
	for i := 0; i <= len(list); i++ {
		switch {
		case i < len(list) && list[i] >= '0' && list[i] <= '9':
			n, digits = n*10+int(list[i]-'0'), true
		case i < len(list) && list[i] == '!':
			out, n, digits = append(out, Carried{n, true}), 0, false
		case digits:
			out, n, digits = append(out, Carried{n, false}), 0, false
		}
	}
	return out
}
