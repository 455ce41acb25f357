package txn_test

import (
	"fmt"
	"strings"

	"vpos/reader"
	"vpos/txn"
)

// describe is one line a state: its name and whatever is worth seeing.
func describe(s txn.State) string {
	b := &strings.Builder{}
	fmt.Fprintf(b, "  = %s", s.Name)
	if s.Problem != txn.NoProblem {
		fmt.Fprintf(b, " problem=%s", s.Problem)
	}
	if s.Offer != "" {
		fmt.Fprintf(b, " offer=%s", s.Offer)
	}
	if s.Trouble != txn.NoProblem {
		fmt.Fprintf(b, " trouble=%s", s.Trouble)
	}
	b.WriteString(describeStaff(s))
	if s.Draft.Kind == txn.Void {
		b.WriteString(" void")
		if s.Draft.Of != nil {
			fmt.Fprintf(b, "=%s", s.Draft.Of.STAN)
		}
	}
	if s.Draft.Totals != nil {
		fmt.Fprintf(b, " totals=%d", s.Draft.Totals.Sum().Debits.Count)
	}
	if s.Frozen != nil {
		fmt.Fprintf(b, " frozen=%s", s.Frozen.STAN)
	}
	if s.Batch > 1 {
		fmt.Fprintf(b, " batch=%s", s.Batch)
	}
	if d := s.Draft; d.Amount.Minor != 0 {
		fmt.Fprintf(b, " amount=%s", d.Amount.Decimal())
		if d.Asked.Minor != 0 {
			fmt.Fprintf(b, " asked=%s", d.Asked.Decimal())
		}
	}
	if basket := s.Draft.Basket; basket != nil {
		var lines []string
		for _, l := range basket.Lines {
			lines = append(lines, fmt.Sprintf("%d×%s", l.Quantity, l.Good.Code))
		}
		fmt.Fprintf(b, " basket=%s/%d", strings.Join(lines, ","), basket.Total())
	}
	if figure := s.Figure(); figure != "" {
		fmt.Fprintf(b, " type=%s", figure)
	}
	for _, w := range s.Warnings {
		fmt.Fprintf(b, " warns=%s/%d/%s", w.Rule, w.Count, w.Amount.Decimal())
	}
	if s.CardFirst() {
		b.WriteString(" card-first")
	}
	if d := s.Draft; !d.Card.PAN.Empty() {
		fmt.Fprintf(b, " card=%s/%c", d.Card.PAN, d.Card.Entry.Letter())
	}
	if d := s.Draft; d.Wallet != reader.NoWallet {
		fmt.Fprintf(b, " wallet=%s/%s", d.Wallet, d.Payer)
	}
	if s.Payable() != "" {
		b.WriteString(" payable")
	}
	if len(s.Choice.Names) > 0 {
		fmt.Fprintf(b, " choice=%s", strings.Join(s.Choice.Names, "/"))
	}
	if s.PIN.Session != 0 {
		fmt.Fprintf(b, " tries=%d wrong=%t", s.PIN.Tries, s.PIN.Wrong)
	}
	if d := s.Draft; d.Status != txn.Drafted {
		fmt.Fprintf(b, " status=%s", d.Status)
	}
	if d := s.Draft; d.Cause != txn.NoProblem {
		fmt.Fprintf(b, " cause=%s", d.Cause)
	}
	if d := s.Draft; d.Result.Code != "" {
		fmt.Fprintf(b, " code=%s", d.Result.Code)
	}
	if n := len(s.Pending); n > 0 {
		fmt.Fprintf(b, " pending=%d", n)
	}
	if n := s.StuckReversals(); n > 0 {
		fmt.Fprintf(b, " stuck=%d", n)
	}
	if s.Halted != txn.NoProblem {
		fmt.Fprintf(b, " halted=%s", s.Halted)
	}
	if n := len(s.Owed); n > 0 {
		fmt.Fprintf(b, " owed=%d", n)
	}
	fmt.Fprintf(b, " link=%s", s.Link)
	if !s.Settled() {
		b.WriteString(" busy")
	}
	b.WriteByte('\n')
	return b.String()
}

// describeStaff is who stands at the terminal.
func describeStaff(s txn.State) string {
	b := &strings.Builder{}
	for _, f := range []struct{ name, value string }{
		{"operator", s.Operator}, {"role", string(s.Role)}, {"away", s.Away}, {"who", s.Who}, {"let", s.Draft.Approver},
		{"toward", string(s.Toward)},
	} {
		if f.value != "" {
			fmt.Fprintf(b, " %s=%s", f.name, f.value)
		}
	}
	if s.Tries > 0 {
		fmt.Fprintf(b, " tries=%d", s.Tries)
	}
	if s.Repeat {
		b.WriteString(" repeat")
	}
	if s.Leaving {
		b.WriteString(" leaving")
	}
	if s.Shift != nil {
		fmt.Fprintf(b, " shift=%s/%s", s.Shift.Operator, s.Shift.Count.Decimal())
	}
	return b.String()
}

func describeEffect(e txn.Effect) string {
	switch e := e.(type) {
	case txn.Append:
		var rows []string
		for _, r := range e.Records {
			row := fmt.Sprintf("%s %s %s %s", r.Type, r.Txn.STAN, r.Txn.Amount.Decimal(), r.Txn.Status)
			if r.Copy != 0 {
				row += fmt.Sprintf(" copy=%d", r.Copy)
			}
			if r.Txn.Operator != "" {
				row += " by=" + r.Txn.Operator
			}
			if r.Txn.Approver != "" {
				row += " let=" + r.Txn.Approver
			}
			if r.Txn.Passed != "" {
				row += " passed=" + r.Txn.Passed
			}
			if r.Txn.Cause != txn.NoProblem {
				row += " cause=" + string(r.Txn.Cause)
			}
			if r.Txn.Refused != "" {
				row += " refused=" + r.Txn.Refused
			}
			if r.Txn.Result.Code != "" {
				row += " code=" + r.Txn.Result.Code
			}
			rows = append(rows, row)
		}
		return "append " + strings.Join(rows, "; ")
	case txn.Send:
		q := e.Request
		line := fmt.Sprintf("send %s stan=%s", q.Op, q.STAN)
		if q.Op.Financial() {
			line += fmt.Sprintf(" amount=%s card=%s/%c", q.Amount.Decimal(), q.Card.PAN, q.Card.Entry.Letter())
		}
		if q.Totals != nil {
			line += fmt.Sprintf(" batch=%s totals=%d/%d", q.Batch, q.Totals.Domestic.Debits.Count, q.Totals.Domestic.Debits.Minor)
		}
		for _, d := range q.Details {
			line += " " + d.STAN.String()
		}
		if q.Op == txn.OpScript {
			line += fmt.Sprintf(" card=%s chip=%X", q.Card.PAN, q.Card.Chip.Field55)
		}
		if !q.PIN.Empty() {
			line += " pin=" + q.PIN.String()
		}
		if !q.OTP.Empty() {
			line += " otp=" + q.OTP.String()
		}
		if !q.PayCode.Empty() {
			line += " paycode=" + q.PayCode.String()
		}
		if q.Order != "" {
			line += " order=" + q.Order
		}
		if q.Repeat {
			line += " repeat"
		}
		if q.Original != nil {
			line += fmt.Sprintf(" original=%s@%s", q.Original.Op, q.Original.At.Format("0102150405"))
			if q.Original.Reason != "" {
				line += " reason=" + q.Original.Reason
			}
			if q.Original.STAN != q.STAN {
				line += " of=" + q.Original.STAN.String()
			}
		}
		return line
	case txn.HangUp:
		return "hang up"
	case txn.Print:
		line := fmt.Sprintf("print %s copy=%d", e.Slip.Txn.STAN, e.Slip.Copy)
		if e.Slip.Duplicate {
			line += " duplicate"
		}
		return line
	case txn.Weigh:
		line := fmt.Sprintf("weigh %s since %s", e.Card, e.Since.Format("2006-01-02 15:04"))
		if e.Of != nil {
			line += " of " + e.Of.RRN
		}
		return line
	case txn.Reckon:
		return "reckon"
	case txn.ListBatch:
		return "list batch"
	case txn.ForgetList:
		return fmt.Sprintf("forget %d numbers", len(e.Details))
	case txn.LookupHold:
		return fmt.Sprintf("lookup hold %s of %s", e.AuthCode, e.Day.Format("01-02"))
	case txn.Lookup:
		return fmt.Sprintf("lookup %s", e.STAN)
	case txn.Forget:
		return fmt.Sprintf("forget %s", e.Card.PAN)
	case txn.ForgetSensitive:
		line := "forget track and code"
		if !e.PIN.Empty() {
			line += " and PIN"
		}
		if !e.OTP.Empty() {
			line += " and one-time code"
		}
		if !e.PayCode.Empty() {
			line += " and payment code"
		}
		return line
	case txn.ReadCard:
		return fmt.Sprintf("read card %d amount=%s", e.Session, e.Amount.Decimal())
	case txn.AnswerCard:
		switch {
		case e.Host != nil && e.Host.Unable:
			return "tell card: no answer"
		case e.Host != nil:
			return fmt.Sprintf("tell card: %s approved=%t", e.Host.Code, e.Host.Approved)
		case e.Bypass:
			return "tell card: PIN bypassed"
		case !e.PIN.Empty():
			return fmt.Sprintf("tell card: PIN %s", e.PIN)
		}
		return fmt.Sprintf("tell card: application %d", e.Choice)
	case txn.StopCard:
		return fmt.Sprintf("stop card %d", e.Session)
	case txn.Vouch:
		line := fmt.Sprintf("vouch %s PIN %s", e.Operator, e.PIN)
		if !e.New.Empty() {
			line += " new " + e.New.String()
		}
		if e.For != "" {
			line += fmt.Sprintf(" for %s by %s", e.For, e.By)
		}
		return line
	case txn.Drawer:
		return fmt.Sprintf("drawer %s begin=%t %s", e.Operator, e.Begin, e.Amount.Decimal())
	case txn.SignedOut:
		return fmt.Sprintf("signed out %s idle=%t", e.Operator, e.Idle)
	case txn.Tuned:
		return fmt.Sprintf("tuned by %s (%s) %s = %s", e.Operator, e.By, e.Key, e.Value)
	case txn.Note:
		return fmt.Sprintf("note %s stan=%s", e.Code, e.Key.STAN)
	}
	return fmt.Sprintf("unknown effect %T", e)
}
