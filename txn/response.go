package txn

// Approves reports whether an ISO 8583 response code (field 39) means the money
// moved: 00, 08 approved after checking the holder, 10 approved in part, 11 VIP,
// and UnionPay's A2, A4, A5 and A6, which ask to confirm with the issuer later.
func Approves(code string) bool {
	switch code {
	case "00", "08", "10", "11", "A2", "A4", "A5", "A6":
		return true
	}
	return false
}

// isDuplicate reports whether the host says it has had this trace number before:
// 94. That is no outcome: the first to bear the number may have been charged.
func isDuplicate(code string) bool { return code == "94" }

// acknowledgesReversal reports whether the host has taken a reversal as done:
// 00, or it never had the original (25) or cannot reverse it (12), so nothing is
// charged either way.
func acknowledgesReversal(code string) bool {
	switch code {
	case "00", "25", "12":
		return true
	}
	return false
}

// comesBack reports whether a refusal is of the moment: the same message may be
// taken later. 09 in progress, 19 enter again, 68 late, 91 issuer off, 92 no
// route, 96 system fault, 98 no answer, and what asks for a sign-on.
func comesBack(code string) bool {
	switch code {
	case "09", "19", "68", "91", "92", "96", "98":
		return true
	}
	return wantsSignOn(code)
}

// wantsSignOn reports whether the host asks for a new sign-on: 77 the batch does
// not agree, 99 the PIN block key and A0 the MAC key are out of step.
func wantsSignOn(code string) bool {
	switch code {
	case "77", "99", "A0":
		return true
	}
	return false
}
