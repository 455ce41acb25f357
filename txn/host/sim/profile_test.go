package sim_test

import (
	"errors"
	"testing"
	"time"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/host"
	"vpos/txn/host/keys"
	"vpos/txn/host/sim"
)

// The simulator answers every operation that a profile has, in the profile's own
// messages, and the ledger is the same whatever was spoken.
func TestEveryProfile(t *testing.T) {
	for _, name := range host.Shipped() {
		t.Run(name, func(t *testing.T) {
			p, err := host.LoadProfile(name)
			if err != nil {
				t.Fatal(err)
			}
			c, err := host.NewCodec(p)
			if err != nil {
				t.Fatal(err)
			}
			s, err := sim.NewServer(sim.Options{Codec: c, MasterKey: sim.TestMasterKey, Now: func() time.Time { return noon }})
			if err != nil {
				t.Fatal(err)
			}
			address, _, _ := serve(t, s)
			k := &keyed{t: t, codec: c, conn: dial(t, address), session: keys.NewSession(p.Keys, keys.TestTMK)}
			if p.Keys.Blob == keys.NoBlob {
				k.session = nil
			} else {
				k.signOn()
			}
			answered := map[txn.Op]string{}
			k.everything(s, answered)
			for _, op := range txn.Ops() {
				if code, asked := answered[op]; asked && code != "00" {
					t.Errorf("%s: code %q", op, code)
				}
			}
			t.Logf("%d operations", len(answered))
		})
	}
}

// everything asks one of every operation the profile has.
func (k *keyed) everything(s *sim.Server, answered map[txn.Op]string) {
	k.t.Helper()
	row := func(op txn.Op) *txn.Original {
		all := entries(k.t, s)
		for i := len(all) - 1; i >= 0; i-- {
			if e := all[i]; e.Op == op && e.Code == "00" {
				return &txn.Original{Op: op, STAN: e.STAN, Batch: e.Batch, At: noon, AuthCode: e.AuthCode, RRN: e.RRN}
			}
		}
		return nil
	}
	try := func(op, of txn.Op, minor int64) {
		k.t.Helper()
		k.stan++
		r := request(k.t, op, k.stan, minor)
		r.Operator = "01"
		if of != "" {
			r.Original = row(of)
			if r.Original == nil {
				k.t.Logf("%s: no %s to name", op, of)
				return
			}
		}
		switch op {
		case txn.OpReversal:
			r.STAN, r.Original.Reason = r.Original.STAN, txn.ReasonNoReply
		case txn.OpTip:
			r.Tip = money(k.t, "CNY", 50)
		case txn.OpSettle, txn.OpUploadEnd:
			totals, _, err := s.Totals(r.Terminal, r.Batch)
			if err != nil {
				k.t.Fatal(err)
			}
			r.Totals = &totals
		case txn.OpUpload:
			r.Details = []txn.Detail{{Op: txn.OpSale, STAN: 1, At: noon, Amount: r.Amount, PAN: r.Card.PAN, RRN: "000000000001"}}
		default:
			r.Ask = download(op)
		}
		_, err := k.codec.PackRequest(*r, k.session)
		if errors.Is(err, host.ErrOperation) {
			return
		}
		rep := k.asks(r)
		if rep.Op != op || rep.BadMAC {
			k.t.Errorf("%s was answered as %q, bad MAC %t", op, rep.Op, rep.BadMAC)
		}
		if len(rep.Keys) > 0 {
			if err := k.session.Load(rep.Keys); err != nil {
				k.t.Error(err)
			}
		}
		code := rep.Code
		if code == "" && (rep.Domestic == txn.BatchBalanced || op != txn.OpSettle) {
			code = "00" // some dialects have no code in these replies
		}
		answered[op] = code
	}
	try(txn.OpSale, "", 1_200)
	try(txn.OpTip, txn.OpSale, 1_250)
	try(txn.OpRefund, txn.OpSale, 200)
	try(txn.OpSale, "", 300)
	try(txn.OpVoid, txn.OpSale, 300)
	try(txn.OpSale, "", 400)
	try(txn.OpReversal, txn.OpSale, 400)
	try(txn.OpAuth, "", 5_000)
	try(txn.OpIncrement, txn.OpAuth, 500)
	try(txn.OpComplete, txn.OpAuth, 5_500)
	try(txn.OpCompleteVoid, txn.OpComplete, 5_500)
	try(txn.OpCompleteAdvice, txn.OpAuth, 5_400)
	try(txn.OpAuth, "", 700)
	try(txn.OpAuthVoid, txn.OpAuth, 700)
	try(txn.OpBalance, "", 0)
	try(txn.OpOffline, "", 800)
	try(txn.OpAdjust, txn.OpOffline, 900)
	for _, op := range []txn.Op{
		txn.OpEcho, txn.OpKeys, txn.OpCAPKQuery, txn.OpCAPKGet, txn.OpCAPKEnd, txn.OpAIDQuery, txn.OpAIDGet, txn.OpAIDEnd,
		txn.OpParamQuery, txn.OpParamGet, txn.OpParamEnd, txn.OpSettle, txn.OpUpload, txn.OpUploadEnd, txn.OpSignOff,
	} {
		try(op, "", 0)
	}
}

// download is what a download asks for.
func download(op txn.Op) []byte {
	switch op {
	case txn.OpCAPKGet:
		return []byte("\xA0\x00\x00\x00\x03\x92")
	case txn.OpAIDGet:
		return []byte("\xA0\x00\x00\x00\x03\x10\x10")
	default:
		return nil
	}
}

func TestDownloads(t *testing.T) {
	l := sim.NewLedger(false)
	get := func(op txn.Op, ask []byte) []byte {
		r := request(t, op, 1, 0)
		r.Ask = ask
		v := l.Apply(noon, r)
		if v.Reply.Code != "00" || len(v.Rows()) != 0 {
			t.Errorf("%s: %s, %d rows", op, v.Reply.Code, len(v.Rows()))
		}
		return v.Reply.Data
	}
	for op, least := range map[txn.Op]int{txn.OpCAPKQuery: 60, txn.OpAIDQuery: 30, txn.OpParamQuery: 10, txn.OpParamGet: 10} {
		if d := get(op, nil); len(d) < least || d[0] != '1' {
			t.Errorf("%s: %q", op, d)
		}
	}
	// The list is of what can be got: every key of it, by its tags and without.
	list := get(txn.OpCAPKQuery, nil)[1:]
	for n := 0; len(list) > 0; n++ {
		tags, rid, index := list[:12], list[3:8], list[11]
		list = list[12+3+8:]
		bare := append(append([]byte(nil), rid...), index)
		tagged, plain := get(txn.OpCAPKGet, tags), get(txn.OpCAPKGet, bare)
		if string(tagged) != string(plain) || len(plain) < 100 || plain[0] != '1' {
			t.Errorf("key %d: %d bytes and %d", n, len(tagged), len(plain))
		}
	}
	for _, ask := range [][]byte{nil, {1}, []byte("\x9F\x06"), []byte("\x9F\x06\xFF"), []byte("\xA0\x00\x00\x00\x03\xEE")} {
		if d := get(txn.OpCAPKGet, ask); string(d) != "0" {
			t.Errorf("%X: %q", ask, d)
		}
	}
	if d := get(txn.OpAIDGet, download(txn.OpAIDGet)); len(d) < 50 || d[0] != '1' {
		t.Errorf("%q", d)
	}
}

// Faults of the host itself, over the line.
func TestHostFaults(t *testing.T) {
	s := server(t, nil) // late is 50 ms
	address, _, _ := serve(t, s)
	c := codec(t)
	conn := dial(t, address)
	settle := request(t, txn.OpSettle, 50, 0)
	settle.Totals, settle.Card = &txn.Totals{}, reader.Card{}
	settle.Batch = 9

	s.Arm(sim.Fault{Do: sim.FaultLost0510}, sim.Fault{Do: sim.FaultPartial, On: txn.OpSale}, sim.Fault{Do: sim.FaultOTP, On: txn.OpSale},
		sim.Fault{Do: sim.FaultLate, On: txn.OpSale})
	_ = conn.SetReadDeadline(time.Now().Add(200 * time.Millisecond))
	if got, err := ask(conn, c, settle); err == nil {
		t.Errorf("an answer: %+v", got)
	}
	_ = conn.SetReadDeadline(time.Now().Add(5 * time.Second))
	if got, err := ask(conn, c, settle); err != nil || got.Code != "00" || got.Domestic != txn.BatchBalanced {
		t.Errorf("the same again: %+v, %v", got, err)
	}
	if got := entries(t, s); len(got) != 1 || got[0].State != sim.Closed {
		t.Errorf("%+v", got)
	}
	if got, err := ask(conn, c, sale(t, 1, 1200)); err != nil || got.Code != "10" || got.Amount.Minor != 600 {
		t.Errorf("partial: %+v, %v", got, err)
	}
	if got, err := ask(conn, c, sale(t, 2, 1200)); err != nil || got.Code != txn.CodeWanted {
		t.Errorf("one-time code: %+v, %v", got, err)
	}
	start := time.Now()
	if got, err := ask(conn, c, sale(t, 3, 1200)); err != nil || got.Code != "00" || time.Since(start) < 50*time.Millisecond {
		t.Errorf("late: %+v after %v, %v", got, time.Since(start), err)
	}
}
