package sim_test

import (
	"context"
	"encoding/binary"
	"io"
	"net"
	"testing"
	"time"

	"vpos/txn"
	"vpos/txn/host/sim"
)

// The simulated customer takes a moment to pay a code on the screen, and none for one
// that was scanned: that one is paid when it is heard.
func TestCustomerTakesAMoment(t *testing.T) {
	const moment = 300 * time.Millisecond
	c := codec(t)
	s, err := sim.NewServer(sim.Options{Codec: c, CustomerAfter: moment, Now: func() time.Time { return noon }})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = s.Serve(context.Background(), ln) }()
	conn, err := net.Dial("tcp", ln.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	for stan, by := range []func(*txn.Request){scanned, shown} {
		r := request(t, txn.OpQR, txn.STAN(stan+1), 1200) //nolint:gosec // two
		by(r)
		raw, err := c.PackRequest(*r, nil)
		if err != nil {
			t.Fatal(err)
		}
		asked := time.Now()
		if _, err := conn.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(raw))), raw...)); err != nil { //nolint:gosec // short
			t.Fatal(err)
		}
		var size [2]byte
		if _, err := io.ReadFull(conn, size[:]); err != nil {
			t.Fatal(err)
		}
		took := time.Since(asked)
		body := make([]byte, binary.BigEndian.Uint16(size[:]))
		if _, err := io.ReadFull(conn, body); err != nil {
			t.Fatal(err)
		}
		rep, err := c.UnpackReply(body, noon, nil)
		if err != nil || rep.Code != "00" || rep.Wallet == "" {
			t.Errorf("%+v, %v", rep, err)
		}
		if waited := took >= moment; waited != (r.Order != "") {
			t.Errorf("order %q: answered after %v", r.Order, took)
		}
	}
}
