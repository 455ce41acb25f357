package world

import (
	"fmt"

	"vpos/txn"
	"vpos/txn/host/sim"
)

// The trace: what happened at whom, and what it led to. Only a world that was
// given a writer comes here.

func (w *World) tell(t *terminal, format string, args ...any) {
	who := "host    "
	if t != nil {
		who = t.setup.Terminal
	}
	fmt.Fprintf(w.trace, "%10.1fs %s %s\n", w.now.Seconds(), who, fmt.Sprintf(format, args...))
}

func (w *World) tellStep(t *terminal, e txn.Event, effects []txn.Effect) {
	if _, tick := e.(txn.Tick); tick && len(effects) == 0 {
		return
	}
	s := &t.state
	line := fmt.Sprintf("%-44s = %s %s", eventWords(e), s.Name, s.Draft.Kind)
	if s.Draft.STAN != 0 {
		line += fmt.Sprintf(" %s %s %s", s.Draft.STAN, s.Draft.Amount.Decimal(), s.Draft.Status)
	}
	if n := len(s.Pending); n > 0 {
		line += fmt.Sprintf(" pending=%d", n)
	}
	if n := len(s.Untold); n > 0 {
		line += fmt.Sprintf(" untold=%d", n)
	}
	if s.Problem != "" {
		line += fmt.Sprintf(" problem=%s", s.Problem)
	}
	if s.Trouble != "" {
		line += fmt.Sprintf(" trouble=%s", s.Trouble)
	}
	w.tell(t, "%s", line)
	for _, f := range effects {
		if text := effectWords(f); text != "" {
			w.tell(t, "    -> %s", text)
		}
	}
}

func (w *World) tellHost(c *call, v *sim.Verdict) {
	line := fmt.Sprintf("%s %s %s of %s: code %s", c.request.Op, c.request.STAN, c.request.Amount.Decimal(),
		c.request.Terminal, v.Reply.Code)
	if v.Changed {
		line += fmt.Sprintf(", now %s", v.Entry.State)
	}
	w.tell(nil, "%s", line)
}

func eventWords(e txn.Event) string {
	switch e := e.(type) {
	case txn.Started:
		r := &e.Recovered
		return fmt.Sprintf("started next=%s open=%d pending=%d unprinted=%d", r.NextSTAN, len(r.Open), len(r.Pending), len(r.Unprinted))
	case txn.Tick:
		return "tick"
	case txn.Entered:
		return "enter " + string(e.Text.Reveal())
	case txn.Cancelled:
		return "cancel"
	case txn.Opened:
		return "open " + string(e.Name) + string(e.Kind)
	case txn.Swiped:
		return "swipe"
	case txn.Stored:
		return fmt.Sprintf("stored %s %s", e.Tag.Type, e.Tag.Key.STAN)
	case txn.StoreFailed:
		return fmt.Sprintf("store failed %s %s", e.Tag.Type, e.Tag.Key.STAN)
	case txn.Replied:
		return fmt.Sprintf("reply %s %s %s", e.Reply.Op, e.Reply.STAN, e.Reply.Code)
	case txn.SendFailed:
		return fmt.Sprintf("send failed %s %s written=%t", e.Op, e.STAN, e.Written)
	case txn.LinkLost:
		return fmt.Sprintf("link lost %s (%s %s)", e.Code, e.Op, e.STAN)
	case txn.Printed:
		return fmt.Sprintf("printed %s copy %d", e.Slip.Txn.STAN, e.Slip.Copy)
	case txn.PrintFailed:
		return fmt.Sprintf("print failed %s copy %d", e.Slip.Txn.STAN, e.Slip.Copy)
	case txn.PrintUnsure:
		return fmt.Sprintf("print unsure %s copy %d", e.Slip.Txn.STAN, e.Slip.Copy)
	case txn.Found:
		return fmt.Sprintf("found %t", e.Txn != nil)
	case txn.FoundHold:
		return fmt.Sprintf("found hold %t %s", e.Txn != nil, e.Held.Decimal())
	}
	return fmt.Sprintf("%T", e)
}

func effectWords(f txn.Effect) string {
	switch f := f.(type) {
	case txn.Append:
		text := "append"
		for _, r := range f.Records {
			text += fmt.Sprintf(" %s %s %s", r.Type, r.Txn.STAN, r.Txn.Amount.Decimal())
		}
		return text
	case txn.Send:
		return fmt.Sprintf("send %s %s %s", f.Request.Op, f.Request.STAN, f.Request.Amount.Decimal())
	case txn.HangUp:
		return "hang up"
	case txn.Print:
		return fmt.Sprintf("print %s copy %d duplicate=%t", f.Slip.Txn.STAN, f.Slip.Copy, f.Slip.Duplicate)
	case txn.LookupHold:
		return fmt.Sprintf("look up hold %s %s", f.AuthCode, f.Day.Format("0102"))
	case txn.Lookup:
		return fmt.Sprintf("look up %s", f.STAN)
	case txn.Vouch:
		return fmt.Sprintf("vouch for %s", f.For)
	case txn.Drawer:
		return "drawer"
	case txn.SignedOut:
		if f.Idle {
			return "signed out idle"
		}
		return "signed out"
	case txn.Tuned:
		return "tuned " + f.Key
	case txn.Note:
		return fmt.Sprintf("note %s %s", f.Code, f.Key.STAN)
	}
	return ""
}
