package txn

// Meaning is the code of two characters that says what an action code of ISO
// 8583:1993 says, for words and classes. A profile turns the codes its dialect
// has into ours before anything is decided; this is for the refusals it leaves as
// they came. Approvals are not among them: only a profile can approve. A code it
// does not know, and any of two characters, is its own meaning.
func Meaning(code string) string {
	if same, ok := actions[code]; ok {
		return same
	}
	return code
}

// actions is ISO 8583:1993, A.1, as far as it refuses.
var actions = map[string]string{
	// Denied.
	"100": "05", "101": "54", "102": "59", "103": "60", "104": "62", "105": "66", "106": "75", "107": "01",
	"108": "02", "109": "03", "110": "13", "111": "14", "115": "40", "116": "51", "117": "55", "118": "14",
	"119": "57", "120": "58", "121": "61", "123": "65", "125": "78", "126": "99", "128": "99", "129": "59",
	// Denied, and the card is wanted.
	"200": "04", "201": "33", "202": "34", "203": "35", "204": "36", "205": "37", "206": "38", "207": "07",
	"208": "41", "209": "43", "210": "34",
	// Reconciled, but not balanced.
	"501": "95", "502": "95", "504": "95",
	// Not carried out.
	"902": "12", "903": "19", "904": "30", "905": "92", "906": "90", "907": "91", "908": "15", "909": "96",
	"910": "91", "911": "68", "912": "91", "913": "94", "914": "25", "916": "A0", "917": "A0", "918": "A0",
	"919": "99", "920": "96", "923": "09",
}
