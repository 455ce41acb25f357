package host_test

import (
	"bytes"
	"encoding/hex"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"

	"vpos/txn"
	"vpos/txn/host"
	"vpos/txn/host/keys"
)

// lines is a log several goroutines write.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// refused is an operator whose sign-on the host refuses, keys and all.
const refused = "66"

// keyHost answers a sign-on with new keys, changed by spoil, and the rest under
// them. A nil acquirer has none.
func keyHost(t *testing.T, c *host.Codec, acquirer *keys.Session, spoil func([]byte)) string {
	t.Helper()
	ln := listen(t)
	done := make(chan struct{})
	t.Cleanup(func() { _ = ln.Close(); <-done })
	go func() {
		defer close(done)
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		defer func() { _ = conn.Close() }()
		for serveOne(t, c, acquirer, conn, spoil) {
		}
	}()
	return ln.Addr().String()
}

func serveOne(t *testing.T, c *host.Codec, acquirer *keys.Session, conn net.Conn, spoil func([]byte)) bool {
	f := c.Profile().Framing
	raw, tpdu, err := host.NewFramer(conn, f).Next()
	if err != nil {
		return false
	}
	r, err := c.UnpackRequest(raw, evening, session(acquirer))
	if err != nil {
		t.Errorf("host: %v", err)
		return false
	}
	rep := approval(r)
	if r.BadMAC {
		rep.Code = "A0"
	}
	if r.Operator == refused {
		rep.Code = "05"
	}
	if r.Op == txn.OpSignOn && acquirer != nil {
		if rep.Keys, err = acquirer.Deal(nil); err != nil {
			t.Errorf("deal: %v", err)
		}
		spoil(rep.Keys)
	}
	if raw, err = c.PackReply(r, rep, acquirer); err != nil {
		t.Errorf("host: %v", err)
		return false
	}
	frame, err := f.Append(nil, tpdu.Answer(), raw)
	if err == nil {
		_, err = conn.Write(frame)
	}
	return err == nil
}

// The keys of a sign-on are in use before anybody hears of it; keys whose check
// value differs are not, and the reply is not to be believed.
func TestLinkLoadsKeys(t *testing.T) {
	for _, name := range host.Shipped() {
		c := profileCodec(t, name)
		for spoiled, spoil := range map[string]func([]byte){
			"": func([]byte) {}, "MAK": func(b []byte) { b[len(b)-1] ^= 1 }, "PIK": func(b []byte) { b[16] ^= 1 },
		} {
			rules := c.Profile().Keys
			terminal, acquirer := keys.NewSession(rules, keys.TestTMK), keys.NewSession(rules, keys.TestTMK)
			log := &lines{}
			l := link(t, host.LinkOptions{
				Codec: c, Address: keyHost(t, c, acquirer, spoil), Keys: terminal, Log: slog.New(slog.NewTextHandler(log, nil)),
			})
			send(t, l, manage(txn.OpSignOn))
			got := nextReply(t, l)
			if got.BadMAC != (spoiled != "") || terminal.Ready() != (spoiled == "") {
				t.Errorf("%s, %q spoiled: %v, ready %v", name, spoiled, got.BadMAC, terminal.Ready())
			}
			if spoiled != "" {
				text := log.String()
				if !strings.Contains(text, spoiled) || strings.Contains(strings.ToLower(text), hex.EncodeToString(got.Keys[:8])) {
					t.Errorf("the log says %s", text)
				}
				continue
			}
			send(t, l, swipedSale(t))
			if got := nextReply(t, l); got.Op != txn.OpSale || got.Code != "00" || got.BadMAC {
				t.Errorf("%s: sale after it: %+v", name, got)
			}
			l.HangUp()
		}
	}
}

// A sign-on that brings no keys to a terminal that needs some is none.
func TestSignOnWithoutKeys(t *testing.T) {
	c := profileCodec(t, "unionpay")
	terminal := keys.NewSession(c.Profile().Keys, keys.TestTMK)
	l := link(t, host.LinkOptions{Codec: c, Keys: terminal, Address: keyHost(t, c, nil, nil)})
	send(t, l, manage(txn.OpSignOn))
	if got := nextReply(t, l); !got.BadMAC || got.Code != "00" {
		t.Errorf("%+v", got)
	}
	l.HangUp()
}

// Keys that come with a refusal are nobody's.
func TestRefusedSignOnBringsNoKeys(t *testing.T) {
	c := profileCodec(t, "unionpay")
	rules := c.Profile().Keys
	terminal, acquirer := keys.NewSession(rules, keys.TestTMK), keys.NewSession(rules, keys.TestTMK)
	l := link(t, host.LinkOptions{Codec: c, Keys: terminal, Address: keyHost(t, c, acquirer, func(b []byte) { b[0] ^= 1 })})
	r := manage(txn.OpSignOn)
	r.Operator = refused
	send(t, l, r)
	if got := nextReply(t, l); got.BadMAC || got.Code != "05" || terminal.Ready() {
		t.Errorf("%+v, ready %v", got, terminal.Ready())
	}
	l.HangUp()
}
