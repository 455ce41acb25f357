package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"math/big"
	"net"
	"path/filepath"
	"testing"
	"time"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/host"
	"vpos/txn/host/keys"
	"vpos/txn/host/sim"
)

// The terminal's link against the simulator, in every dialect, over TCP and over TLS
// that asks the terminal for a certificate.

// authority signs certificates of a test.
type authority struct {
	t    *testing.T
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	pool *x509.CertPool
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	a := &authority{t: t, pool: x509.NewCertPool()}
	form := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test authority"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), KeyUsage: x509.KeyUsageCertSign,
	}
	_, a.cert, a.key = a.make(form, form, nil)
	a.pool.AddCert(a.cert)
	return a
}

// make signs a certificate, by itself where there is no authority yet.
func (a *authority) make(form, by *x509.Certificate, signer *ecdsa.PrivateKey) ([]byte, *x509.Certificate, *ecdsa.PrivateKey) {
	a.t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		a.t.Fatal(err)
	}
	if signer == nil {
		signer = key
	}
	der, err := x509.CreateCertificate(rand.Reader, form, by, &key.PublicKey, signer)
	if err != nil {
		a.t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		a.t.Fatal(err)
	}
	return der, cert, key
}

// signs gives a certificate for a name, for a server or a client.
func (a *authority) signs(name string, use x509.ExtKeyUsage) tls.Certificate {
	a.t.Helper()
	form := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{use},
	}
	der, _, key := a.make(form, a.cert, a.key)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// teller is a terminal reduced to its link.
type teller struct {
	*testing.T
	link   *host.Link
	server *sim.Server
	keys   *keys.Session
	codec  *host.Codec
	stan   txn.STAN
	batch  txn.Batch
	asked  map[txn.Op]bool
}

const tellerID, tellerShop = "30010042", "898110154110001"

// atTeller opens a counter in a dialect; both configurations nil is plain TCP.
func atTeller(t *testing.T, profile string, server, client *tls.Config) *teller {
	t.Helper()
	p, err := host.LoadProfile(profile)
	if err != nil {
		t.Fatal(err)
	}
	c := &teller{T: t, batch: 1, asked: map[txn.Op]bool{}}
	if c.codec, err = host.NewCodec(p); err != nil {
		t.Fatal(err)
	}
	if p.Keys != (keys.Rules{}) {
		c.keys = keys.NewSession(p.Keys, keys.TestTMK)
	}
	store, err := sim.OpenStore(filepath.Join(t.TempDir(), "host.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	if c.server, err = sim.NewServer(sim.Options{Codec: c.codec, Store: store, MasterKey: sim.TestMasterKey}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.server.Close() })
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	if server != nil {
		listener = tls.NewListener(listener, server)
	}
	go func() { _ = c.server.Serve(context.Background(), listener) }()
	c.link, err = host.NewLink(host.LinkOptions{Codec: c.codec, Address: address, TLS: client, Keys: c.keys})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.link.Close() })
	return c
}

// has reports whether the dialect knows an operation.
func (c *teller) has(op txn.Op) bool {
	for _, o := range c.codec.Profile().Ops {
		if o.Op == op {
			return true
		}
	}
	return false
}

// ask sends one request and gives its reply; silence is an empty one.
func (c *teller) ask(op txn.Op, change func(*txn.Request)) (txn.Request, txn.Reply) {
	c.Helper()
	cny, _ := txn.CurrencyByCode("CNY")
	r := txn.Request{
		Op: op, STAN: c.stan + 1, Batch: c.batch, At: time.Now().Truncate(time.Second),
		Terminal: tellerID, Merchant: tellerShop,
	}
	c.stan++
	if op.Financial() || op == txn.OpBalance || op == txn.OpScript {
		r.Amount = txn.Money{Minor: 12300, Currency: cny}
		r.Card = c.card()
	}
	if op == txn.OpSettle || op == txn.OpUpload || op == txn.OpUploadEnd {
		r.Amount = txn.Money{Currency: cny}
	}
	if change != nil {
		change(&r)
	}
	c.asked[op] = true
	if err := c.link.Send(c.Context(), r); err != nil {
		c.Fatalf("%s: %v", op, err)
	}
	silence := time.After(3 * time.Second)
	for {
		select {
		case e := <-c.link.Inbox():
			reply, ok := e.(txn.Replied)
			if !ok {
				c.Logf("%s: %#v", op, e)
				return r, txn.Reply{}
			}
			if reply.Reply.Op == op && reply.Reply.STAN == r.STAN {
				return r, reply.Reply
			}
		case <-silence:
			return r, txn.Reply{}
		}
	}
}

// does is ask for what must be approved.
func (c *teller) does(op txn.Op, change func(*txn.Request)) (txn.Request, txn.Reply) {
	c.Helper()
	r, reply := c.ask(op, change)
	if reply.Code != "00" || reply.BadMAC {
		c.Errorf("%s: code %q, bad MAC %t", op, reply.Code, reply.BadMAC)
	}
	return r, reply
}

func (c *teller) card() reader.Card {
	c.Helper()
	track, err := reader.ParseTrack2([]byte("6224242900000113=30121010000000000"))
	if err != nil {
		c.Fatal(err)
	}
	card, err := reader.CardFromTracks(reader.Track{}, track)
	if err != nil {
		c.Fatal(err)
	}
	return card
}

// of names an earlier request.
func of(r txn.Request, reply txn.Reply) func(*txn.Request) {
	return func(n *txn.Request) {
		n.Original = &txn.Original{
			Op: r.Op, STAN: r.STAN, Batch: r.Batch, At: r.At, AuthCode: reply.AuthCode, RRN: reply.RRN,
		}
	}
}

func TestEveryOperationOfEveryDialect(t *testing.T) {
	a := newAuthority(t)
	server := &tls.Config{
		Certificates: []tls.Certificate{a.signs("host.example", x509.ExtKeyUsageServerAuth)}, MinVersion: tls.VersionTLS12,
		ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: a.pool,
	}
	client := &tls.Config{
		RootCAs: a.pool, ServerName: "host.example", MinVersion: tls.VersionTLS12,
		Certificates: []tls.Certificate{a.signs("terminal", x509.ExtKeyUsageClientAuth)},
	}
	for _, profile := range host.Shipped() {
		t.Run(profile+"/tcp", func(t *testing.T) { everyOperation(atTeller(t, profile, nil, nil)) })
		t.Run(profile+"/tls", func(t *testing.T) { everyOperation(atTeller(t, profile, server, client)) })
		t.Run(profile+"/stranger", func(t *testing.T) {
			c := atTeller(t, profile, server, &tls.Config{RootCAs: a.pool, ServerName: "host.example", MinVersion: tls.VersionTLS12})
			var failed *host.SendError
			_, reply := txn.Request{}, txn.Reply{}
			err := c.link.Send(t.Context(), txn.Request{Op: txn.OpEcho, STAN: 1, At: time.Now(), Terminal: tellerID, Merchant: tellerShop})
			if err == nil { // TLS 1.3: the terminal hears of the refusal with the first byte it waits for
				select {
				case e := <-c.link.Inbox():
					if _, lost := e.(txn.LinkLost); !lost {
						t.Errorf("a terminal without a certificate got %#v, %+v", e, reply)
					}
				case <-time.After(5 * time.Second):
					t.Error("a terminal without a certificate hears nothing")
				}
				return
			}
			if !errors.As(err, &failed) {
				t.Errorf("a terminal without a certificate: %v", err)
			}
		})
	}
}

// everyOperation goes through a day in which everything happens once.
func everyOperation(c *teller) {
	if c.has(txn.OpSignOn) {
		_, reply := c.does(txn.OpSignOn, nil)
		if c.keys != nil && (len(reply.Keys) == 0 || !c.keys.Ready()) && c.codec.Profile().Keys.Blob != keys.NoBlob {
			c.Fatalf("signed on without keys")
		}
	}
	for _, op := range []txn.Op{
		txn.OpEcho, txn.OpKeys, txn.OpCAPKQuery, txn.OpCAPKGet, txn.OpCAPKEnd,
		txn.OpAIDQuery, txn.OpAIDGet, txn.OpAIDEnd, txn.OpParamQuery, txn.OpParamGet, txn.OpParamEnd,
	} {
		c.manage(op)
	}
	if c.has(txn.OpBalance) {
		if _, reply := c.does(txn.OpBalance, pin("1234")); reply.Balance == nil {
			c.Error("no balance in the reply")
		}
	}
	sale, said := c.does(txn.OpSale, pin("1234"))
	c.follow(txn.OpVoid, sale, said)
	sale, said = c.does(txn.OpSale, nil)
	c.follow(txn.OpTip, sale, said)
	c.follow(txn.OpRefund, sale, said)
	if c.has(txn.OpQR) { // the customer's code, and one on the screen
		c.does(txn.OpQR, func(r *txn.Request) {
			r.Card = reader.Card{Entry: reader.QR}
			r.PayCode, _ = reader.ParsePayCode([]byte("134567890123456789"))
		})
		if _, reply := c.does(txn.OpQR, func(r *txn.Request) {
			r.Card = reader.Card{Entry: reader.QR}
			t := txn.Transaction{Terminal: r.Terminal, Batch: r.Batch, STAN: r.STAN, Amount: r.Amount}
			r.Order = t.Order()
		}); reply.Wallet == "" {
			c.Error("nobody says which wallet has paid")
		}
	}
	if c.has(txn.OpScript) {
		c.does(txn.OpScript, func(r *txn.Request) {
			of(sale, said)(r)
			r.Card.Entry, r.Card.Chip = reader.Chip, &reader.ChipData{Sequence: 1, Field55: []byte{0xDF, 0x31, 1, 0x20}}
		})
	}
	c.holds()
	if c.has(txn.OpOffline) {
		sale, said = c.does(txn.OpOffline, func(r *txn.Request) { r.Original = &txn.Original{AuthCode: "123456"} })
		c.follow(txn.OpAdjust, sale, said)
	}
	if c.has(txn.OpChipOffline) { // the certificate is none, and the host checks it
		if _, reply := c.ask(txn.OpChipOffline, func(r *txn.Request) {
			r.Card.Entry, r.Card.Chip = reader.Chip, &reader.ChipData{Sequence: 1, Field55: []byte{0x9F, 0x27, 1, 0x40}}
		}); reply.Code != "05" {
			c.Errorf("a forged certificate: %+v", reply)
		}
	}
	sale, said = c.does(txn.OpSale, nil)
	c.does(txn.OpReversal, func(r *txn.Request) {
		of(sale, said)(r)
		r.STAN, r.Original.Reason = sale.STAN, txn.ReasonNoReply
	})
	c.stan++
	c.settles()
	c.manage(txn.OpSignOff)
	for _, o := range c.codec.Profile().Ops {
		if o.Op == txn.OpUpload || o.Op == txn.OpUploadEnd {
			continue // TestSettlements has them
		}
		if !c.asked[o.Op] {
			c.Errorf("%s was never asked", o.Op)
		}
	}
}

// pin gives a request the cardholder's PIN.
func pin(digits string) func(*txn.Request) {
	return func(r *txn.Request) { r.PIN = reader.NewSecret(digits) }
}

// manage asks what needs nothing but asking.
func (c *teller) manage(op txn.Op) {
	c.Helper()
	if c.has(op) {
		c.does(op, nil)
	}
}

// follow asks for something about an earlier transaction.
func (c *teller) follow(op txn.Op, r txn.Request, reply txn.Reply) (txn.Request, txn.Reply) {
	c.Helper()
	if !c.has(op) {
		return txn.Request{}, txn.Reply{}
	}
	return c.does(op, of(r, reply))
}

// holds is the family of the pre-authorisation.
func (c *teller) holds() {
	c.Helper()
	if !c.has(txn.OpAuth) {
		return
	}
	hold, held := c.does(txn.OpAuth, nil)
	if c.has(txn.OpIncrement) {
		c.follow(txn.OpIncrement, hold, held)
		hold.Amount.Minor *= 2 // a hold is released whole
	}
	if c.has(txn.OpAuthVoid) {
		c.does(txn.OpAuthVoid, func(r *txn.Request) {
			of(hold, held)(r)
			r.Amount = hold.Amount
		})
	}
	hold, held = c.does(txn.OpAuth, nil)
	done, said := c.follow(txn.OpComplete, hold, held)
	c.follow(txn.OpCompleteVoid, done, said)
	hold, held = c.does(txn.OpAuth, nil)
	c.follow(txn.OpCompleteAdvice, hold, held)
}

// settles closes the batch with the host's own totals.
func (c *teller) settles() {
	c.Helper()
	if !c.has(txn.OpSettle) {
		return
	}
	totals := c.totals()
	_, reply := c.ask(txn.OpSettle, func(r *txn.Request) { r.Totals = &totals })
	if !balanced(reply) {
		c.Errorf("settlement with the host's own totals %+v: %+v", totals, reply)
	}
	c.batch++
}

// totals are what the host has of the open batch.
func (c *teller) totals() txn.Totals {
	c.Helper()
	totals, closed, err := c.server.Totals(tellerID, c.batch)
	if err != nil || closed {
		c.Fatalf("batch %s: closed %t, %v", c.batch, closed, err)
	}
	return totals
}

// balanced reports whether a reply says that the batch is closed.
func balanced(r txn.Reply) bool {
	said := func(b txn.Balanced) bool { return b == txn.NotCompared || b == txn.BatchBalanced }
	return r.Op != "" && (r.Code == "00" || r.Code == "") && said(r.Domestic) && said(r.Foreign)
}

// A settlement whose totals differ uploads the batch; one whose answer is lost is asked
// again, word for word, and gets the same answer.
func TestSettlements(t *testing.T) {
	t.Parallel()
	for _, profile := range host.Shipped() {
		t.Run(profile+"/uploads", func(t *testing.T) {
			t.Parallel()
			c := atTeller(t, profile, nil, nil)
			c.manage(txn.OpSignOn)
			kept, said := c.does(txn.OpSale, nil)
			unknown, _ := c.does(txn.OpSale, nil) // the terminal has no row of it
			totals := c.totals()
			side := &totals.Domestic.Debits
			side.Count, side.Minor = side.Count-1, side.Minor-unknown.Amount.Minor
			_, reply := c.ask(txn.OpSettle, func(r *txn.Request) { r.Totals = &totals })
			if reply.Op == "" || balanced(reply) {
				t.Fatalf("totals that differ: %+v", reply)
			}
			c.does(txn.OpUpload, func(r *txn.Request) {
				r.Details = []txn.Detail{{
					Op: txn.OpSale, STAN: kept.STAN, At: kept.At, Amount: kept.Amount, PAN: kept.Card.PAN,
					AuthCode: said.AuthCode, RRN: said.RRN,
				}}
			})
			if _, reply = c.ask(txn.OpUploadEnd, func(r *txn.Request) { r.Totals = &totals }); !balanced(reply) {
				t.Errorf("after the upload: %+v", reply)
			}
			c.isClosed(kept, unknown)
		})
		t.Run(profile+"/lost", func(t *testing.T) {
			t.Parallel()
			c := atTeller(t, profile, nil, nil)
			c.manage(txn.OpSignOn)
			c.does(txn.OpSale, nil)
			totals := c.totals()
			c.server.Arm(sim.Fault{Do: sim.FaultSilent, On: txn.OpSettle})
			first, reply := c.ask(txn.OpSettle, func(r *txn.Request) { r.Totals = &totals })
			if reply.Op != "" {
				t.Fatalf("the lost answer came: %+v", reply)
			}
			_, reply = c.ask(txn.OpSettle, func(r *txn.Request) { *r = first })
			if !balanced(reply) {
				t.Errorf("asked again: %+v", reply)
			}
			if _, closed, err := c.server.Totals(tellerID, 1); !closed || err != nil {
				t.Errorf("closed %t, %v", closed, err)
			}
			_, late := c.ask(txn.OpSale, nil) // of the old batch
			if late.Code == "00" {
				t.Error("a sale went into the closed batch")
			}
			c.batch++
			c.does(txn.OpSale, nil)
		})
	}
}

// isClosed holds that the batch is closed with what was kept, and without what was not.
func (c *teller) isClosed(kept, dropped txn.Request) {
	c.Helper()
	if _, closed, err := c.server.Totals(tellerID, 1); !closed || err != nil {
		c.Errorf("closed %t, %v", closed, err)
	}
	rows, err := c.server.Entries(sim.Filter{Terminal: tellerID, Batch: 1})
	if err != nil {
		c.Fatal(err)
	}
	for _, row := range rows {
		want := map[txn.STAN]sim.State{kept.STAN: sim.Charged, dropped.STAN: sim.Dropped}[row.STAN]
		if want != "" && row.State != want {
			c.Errorf("STAN %s is %q, want %q", row.STAN, row.State, want)
		}
	}
}
