package host_test

import (
	"testing"

	"pgregory.net/rapid"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/host"
)

// Whatever the numbers, a sale reads as it was written: odd and even lengths of
// card numbers and tracks, every digit of amounts, trace numbers and batches.
func TestAnySale(t *testing.T) {
	for _, name := range host.Shipped() {
		c := profileCodec(t, name)
		terminal, acquirer := pair(t, c.Profile().Keys)
		rapid.Check(t, func(r *rapid.T) {
			want := sale(t)
			want.STAN = txn.STAN(rapid.Uint32Range(1, uint32(txn.MaxSTAN)).Draw(r, "STAN"))
			want.Batch = txn.Batch(rapid.Uint32Range(1, 999_999).Draw(r, "batch"))
			want.Amount.Minor = rapid.Int64Range(0, txn.MaxMinor).Draw(r, "amount")
			want.Tip = txn.Money{Minor: rapid.Int64Range(1, txn.MaxMinor).Draw(r, "tip"), Currency: want.Amount.Currency}
			want.Terminal = rapid.StringMatching(`[0-9A-Z]{1,8}`).Draw(r, "terminal")
			want.Merchant = rapid.StringMatching(`[0-9A-Z][0-9A-Z ]{0,13}[0-9A-Z]`).Draw(r, "merchant")
			number := rapid.StringMatching(`[1-9][0-9]{12,18}`).Draw(r, "PAN")
			pan, err := reader.RestorePAN([]byte(number))
			if err != nil {
				r.Skip(err)
			}
			rest := rapid.StringMatching(`(30)(1[0-2]|0[1-9])101[0-9]{0,10}`).Draw(r, "track")
			track, err := reader.ParseTrack2([]byte(number + "=" + rest))
			want.Card = reader.Card{Entry: reader.Swipe, PAN: pan, Expiry: reader.Expiry{Year: 2030, Month: 12}}
			if err == nil {
				want.Card.Track2, want.Card.Service, want.Card.Expiry = track.Track2, track.Service, track.Expiry
			}
			want.PIN = reader.NewSecret(rapid.StringMatching(`[0-9]{4,12}`).Draw(r, "PIN"))
			raw, err := c.PackRequest(want, terminal)
			if err != nil {
				r.Fatal(err)
			}
			got, err := c.UnpackRequest(raw, evening, session(acquirer))
			if err != nil {
				r.Fatal(err)
			}
			lessen(name, &want)
			sameSecrets(t, name, &got, &want)
			sameRequest(t, name, got, want)
			if t.Failed() {
				r.FailNow()
			}
		})
	}
}
