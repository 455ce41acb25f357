package host_test

import (
	"bytes"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/host"
	"vpos/txn/host/keys"
)

// Every operation of every profile goes out and comes back, both ways, sealed
// and signed; and what was read, packed again, is the same message.
func TestEveryOperation(t *testing.T) {
	for _, name := range host.Shipped() {
		c := profileCodec(t, name)
		terminal, acquirer := pair(t, c.Profile().Keys)
		of := func(string) *keys.Session { return acquirer }
		for _, x := range everything(t) {
			raw, err := c.PackRequest(x.r, terminal)
			if errors.Is(err, host.ErrOperation) && !hasOp(c, x.r.Op) {
				continue
			}
			if err != nil {
				t.Errorf("%s %s: %v", name, x.name, err)
				continue
			}
			got, err := c.UnpackRequest(raw, evening, of)
			if err != nil {
				t.Errorf("%s %s: %v", name, x.name, err)
				continue
			}
			want := x.r
			lessen(name, &want)
			sameSecrets(t, name+" "+x.name, &got, &want)
			sameRequest(t, name+" "+x.name, got, want)
			answers(t, c, name, x, terminal, acquirer)
		}
	}
}

func hasOp(c *host.Codec, op txn.Op) bool {
	return slices.ContainsFunc(c.Profile().Ops, func(o host.OpSpec) bool { return o.Op == op })
}

// sameSecrets compares what sameRequest does not look into, and takes it out.
func sameSecrets(t *testing.T, name string, got, want *txn.Request) {
	t.Helper()
	if g, w := got.PIN.Reveal(), want.PIN.Reveal(); !bytes.Equal(g, w) {
		t.Errorf("%s: PIN of %d digits, want %d", name, len(g), len(w))
	}
	if !bytes.Equal(got.OTP.Reveal(), want.OTP.Reveal()) {
		t.Errorf("%s: one-time code differs", name)
	}
	if !bytes.Equal(got.PayCode.Reveal(), want.PayCode.Reveal()) {
		t.Errorf("%s: payment code differs", name)
	}
	got.PayCode, want.PayCode = reader.PayCode{}, reader.PayCode{}
	if len(got.Details) != len(want.Details) {
		t.Fatalf("%s: %d details, want %d", name, len(got.Details), len(want.Details))
	}
	for i := range got.Details {
		g, w := &got.Details[i], &want.Details[i]
		if !g.PAN.Equal(w.PAN) || !g.At.Equal(w.At) {
			t.Errorf("%s: detail %d differs", name, i)
		}
		g.PAN, w.PAN, g.At, w.At = reader.PAN{}, reader.PAN{}, time.Time{}, time.Time{}
	}
	got.PIN, got.OTP, want.PIN, want.OTP = reader.Secret{}, reader.Secret{}, reader.Secret{}, reader.Secret{}
}

// lessen takes out of a request what a profile does not carry.
func lessen(profile string, r *txn.Request) {
	r.Original = clone(r.Original)
	r.Details = slices.Clone(r.Details)
	if r.Op == txn.OpScript {
		r.Card.Expiry = reader.Expiry{}
	}
	if r.Op == txn.OpReversal || r.Op == txn.OpScript {
		r.Card.Service = ""
	}
	if o := r.Original; o != nil && r.Op == txn.OpReversal {
		o.RRN = ""
	}
	if profile == "iso93" { // it has no field 25
		r.Phone = false
	}
	switch profile {
	case "unionpay":
		lessenUnionPay(r)
	default:
		if r.Original != nil {
			r.Original.Batch, r.Original.Of = 0, nil
		}
		if r.Totals != nil {
			sum := txn.Totals{Domestic: r.Totals.Sum()}
			r.Totals = &sum
			if profile == "iso93" && r.Op == txn.OpUploadEnd {
				r.Totals = &sum
			}
		}
	}
}

func clone(o *txn.Original) *txn.Original {
	if o == nil {
		return nil
	}
	c := *o
	return &c
}

// UnionPay's requests have no time; field 61 knows a day, and a reversal its
// original by the trace number it reuses. An upload is trace number, card number
// and amount; its end a count.
func lessenUnionPay(r *txn.Request) {
	r.At = time.Time{}
	if r.Op == txn.OpUploadEnd {
		r.Totals, r.Amount = nil, txn.Money{}
	}
	for i := range r.Details {
		d := &r.Details[i]
		op := txn.Op("")
		if d.Op == txn.OpQR { // which is told by its having no card
			op = txn.OpQR
		}
		*d = txn.Detail{Op: op, STAN: d.STAN, Amount: txn.Money{Minor: d.Amount.Minor}, PAN: d.PAN}
	}
	o := r.Original
	switch {
	case o == nil:
		return
	case r.Op == txn.OpReversal:
		o.Batch, o.At = r.Batch, time.Time{}
	default:
		y, m, d := o.At.Date()
		o.At = time.Date(y, m, d, 0, 0, 0, 0, o.At.Location())
	}
}

// answers sends the answer and reads it again.
func answers(t *testing.T, c *host.Codec, profile string, x exchange, terminal, acquirer *keys.Session) {
	t.Helper()
	name := profile + " " + x.name + " reply"
	raw, err := c.PackReply(x.r, x.rep, acquirer)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	got, err := c.UnpackReply(raw, evening, terminal)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	want := x.rep
	switch profile {
	case "unionpay":
		if !strings.Contains("settlement balance", string(x.r.Op)) && want.Amount.Minor == 0 {
			want.Amount = txn.Money{}
		}
	default:
		want.Want, want.Foreign = 0, 0
		want.Notes.Organisation, want.Notes.Text = "", ""
		if x.r.Op == txn.OpSettle {
			want.Code = "95"
		}
	}
	if !got.HostAt.Equal(want.HostAt) {
		t.Errorf("%s: host time %v, want %v", name, got.HostAt, want.HostAt)
	}
	got.HostAt = want.HostAt
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s:\ngot  %+v\nwant %+v", name, got, want)
	}
}
