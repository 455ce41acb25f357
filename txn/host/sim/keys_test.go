package sim_test

import (
	"net"
	"path/filepath"
	"testing"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/host"
	"vpos/txn/host/keys"
	"vpos/txn/host/sim"
)

// keyed is a terminal with keys, on a host that has them.
type keyed struct {
	t       *testing.T
	codec   *host.Codec
	conn    net.Conn
	session *keys.Session
	stan    txn.STAN
}

func (k *keyed) asks(r *txn.Request) txn.Reply {
	k.t.Helper()
	raw, err := k.codec.PackRequest(*r, k.session)
	if err != nil {
		k.t.Fatal(err)
	}
	return k.says(raw)
}

// says sends a message as it is.
func (k *keyed) says(raw []byte) txn.Reply {
	k.t.Helper()
	framing := k.codec.Profile().Framing
	frame, err := framing.Append(nil, framing.Header(), raw)
	if err != nil {
		k.t.Fatal(err)
	}
	if _, err := k.conn.Write(frame); err != nil {
		k.t.Fatal(err)
	}
	back, _, err := host.NewFramer(k.conn, framing).Next()
	if err != nil {
		k.t.Fatal(err)
	}
	rep, err := k.codec.UnpackReply(back, noon, k.session)
	if err != nil {
		k.t.Fatal(err)
	}
	return rep
}

// sale is the next sale of the terminal, with a PIN where one is given.
func (k *keyed) sale(pin string) *txn.Request {
	k.stan++
	r := sale(k.t, k.stan, 1200)
	r.PIN = reader.NewSecret(pin)
	return r
}

func (k *keyed) signOn() {
	k.t.Helper()
	k.stan++
	rep := k.asks(&txn.Request{
		Op: txn.OpSignOn, STAN: k.stan, Batch: 7, At: noon, Terminal: "00000001", Merchant: "123456789012345", Operator: "01",
	})
	if rep.Code != "00" || len(rep.Keys) == 0 {
		k.t.Fatalf("sign-on: %s, %d bytes of keys", rep.Code, len(rep.Keys))
	}
	if err := k.session.Load(rep.Keys); err != nil {
		k.t.Fatal(err)
	}
}

func (k *keyed) wants(rep txn.Reply, code string, badMAC bool) {
	k.t.Helper()
	if rep.Code != code || rep.BadMAC != badMAC {
		k.t.Errorf("code %s bad MAC %t, want %s %t", rep.Code, rep.BadMAC, code, badMAC)
	}
}

func keyedServer(t *testing.T, c *host.Codec, store sim.Store) (*sim.Server, string) {
	t.Helper()
	s, err := sim.NewServer(sim.Options{Codec: c, Store: store, MasterKey: sim.TestMasterKey})
	if err != nil {
		t.Fatal(err)
	}
	address, _, _ := serve(t, s)
	return s, address
}

func TestKeys(t *testing.T) {
	c := codec(t)
	path := filepath.Join(t.TempDir(), "host.db")
	store := open(t, path)
	s, address := keyedServer(t, c, store)
	k := &keyed{t: t, codec: c, conn: dial(t, address), session: keys.NewSession(c.Profile().Keys, keys.TestTMK)}
	k.signOn()
	k.wants(k.asks(k.sale("")), "00", false)
	k.wants(k.asks(k.sale("1234")), "00", false)
	k.wants(k.asks(k.sale("1111")), "55", false)

	// A PIN block under another key does not open.
	dealt := k.session
	k.session = keys.NewSession(c.Profile().Keys, keys.TestTMK)
	k.signOn()
	pik, err := keys.NewKey([]byte("sixteen bytes it"))
	if err != nil {
		t.Fatal(err)
	}
	if err := k.session.Install(pik, keys.Key{}, keys.Key{}); err != nil {
		t.Fatal(err)
	}
	k.wants(k.asks(k.sale("1234")), "99", false)

	// A MAC under yesterday's key: nothing happened.
	before := len(entries(t, s))
	k.session = dealt
	r := k.sale("")
	raw, err := c.PackRequest(*r, dealt)
	if err != nil {
		t.Fatal(err)
	}
	k.session = nil // the answer cannot be sealed for anyone
	k.wants(k.says(raw), "A0", false)
	if after := entries(t, s); len(after) != before {
		t.Error("a message with a wrong MAC left a row")
	}
	k.session = keys.NewSession(c.Profile().Keys, keys.TestTMK)
	k.signOn()
	k.wants(k.asks(k.sale("1234")), "00", false)

	// Keys do not outlive the host.
	shut(t, s, store)
	store = open(t, path)
	s, address = keyedServer(t, c, store)
	k.conn = dial(t, address)
	k.wants(k.asks(k.sale("1234")), "A0", false)
	k.signOn()
	k.wants(k.asks(k.sale("1234")), "00", false)

	s.Arm(sim.Fault{Do: sim.FaultBadMAC, On: txn.OpSale})
	k.wants(k.asks(k.sale("")), "00", true)
	k.wants(k.asks(k.sale("")), "00", false)
	shut(t, s, store)
}

// A terminal whose master key is not known gets no keys, and nothing else.
func TestStrangersGetNoKeys(t *testing.T) {
	c := codec(t)
	s, err := sim.NewServer(sim.Options{Codec: c, MasterKey: func(terminal string) (keys.Key, bool) { return keys.Key{}, false }})
	if err != nil {
		t.Fatal(err)
	}
	address, _, _ := serve(t, s)
	k := &keyed{t: t, codec: c, conn: dial(t, address)}
	rep := k.asks(&txn.Request{Op: txn.OpSignOn, STAN: 1, Batch: 7, At: noon, Terminal: "00000001", Merchant: "123456789012345"})
	if len(rep.Keys) != 0 || rep.Code != sim.CodeStranger {
		t.Errorf("%s, %d bytes of keys", rep.Code, len(rep.Keys))
	}
	k.wants(k.asks(k.sale("")), sim.CodeStranger, false)
	if got := entries(t, s); len(got) != 1 || got[0].State != sim.Declined {
		t.Errorf("%+v", got)
	}
}
