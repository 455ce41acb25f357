package host_test

import (
	"context"
	"crypto/tls"
	"errors"
	"testing"
	"time"

	"vpos/txn"
	"vpos/txn/host"
	"vpos/txn/host/sim"
)

func echo() txn.Request {
	return txn.Request{Op: txn.OpEcho, STAN: 7, Batch: 1, At: time.Now(), Terminal: terminalID, Merchant: merchantID}
}

// hostOff serves a simulator whose clock is off, over TLS where there is a config.
func hostOff(t *testing.T, off time.Duration, secure *tls.Config) string {
	t.Helper()
	s, err := sim.NewServer(sim.Options{Codec: codec(t), Now: func() time.Time { return time.Now().Add(off) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	ln := listen(t)
	address := ln.Addr().String()
	if secure != nil {
		ln = tls.NewListener(ln, secure)
	}
	go func() { _ = s.Serve(context.Background(), ln) }()
	return address
}

func near(a, b, by time.Duration) bool { return (a - b).Abs() <= by }

// A probe tells the round trip and by how much the host's clock is off.
func TestProbe(t *testing.T) {
	for _, off := range []time.Duration{0, 10 * time.Minute, -time.Hour} {
		v, code, err := host.Probe(t.Context(), host.LinkOptions{Codec: codec(t), Address: hostOff(t, off, nil)}, echo())
		if err != nil || code != "00" {
			t.Fatalf("%q, %v", code, err)
		}
		ahead, known := v.Ahead()
		if !known || !near(ahead, off, time.Second) {
			t.Errorf("off by %v: %v %t", off, ahead, known)
		}
		if v.RoundTrip <= 0 || v.Connect <= 0 || v.Peer != nil || v.Err != nil {
			t.Errorf("%+v", v)
		}
	}
}

// Over TLS it tells whose certificate that was, and refuses a stranger's.
func TestProbeOverTLS(t *testing.T) {
	cert, pool := certificate(t)
	address := hostOff(t, 0, &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12})
	trusting := &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
	v, code, err := host.Probe(t.Context(), host.LinkOptions{Codec: codec(t), Address: address, TLS: trusting}, echo())
	if err != nil || code != "00" || v.Peer == nil || v.Peer.Version != "TLS 1.3" || v.Peer.Expires.IsZero() || v.Peer.Subject == "" {
		t.Errorf("%q, %v, %+v", code, err, v.Peer)
	}
	_, stranger := certificate(t)
	wary := &tls.Config{RootCAs: stranger, MinVersion: tls.VersionTLS12}
	v, _, err = host.Probe(t.Context(), host.LinkOptions{Codec: codec(t), Address: address, TLS: wary}, echo())
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); !ok || v.Err == nil || v.Peer != nil {
		t.Errorf("a stranger's: %v, %+v", err, v)
	}
}

// Nobody there, and somebody who says nothing, are two things, and neither takes longer
// than it may.
func TestProbeOfNobody(t *testing.T) {
	gone := listen(t)
	_ = gone.Close()
	_, _, err := host.Probe(t.Context(), host.LinkOptions{Codec: codec(t), Address: gone.Addr().String()}, echo())
	if _, ok := errors.AsType[*host.SendError](err); !ok || errors.Is(err, host.ErrNoAnswer) {
		t.Errorf("nobody: %v", err)
	}
	mute := listen(t)
	defer func() { _ = mute.Close() }()
	go func() {
		for {
			c, err := mute.Accept()
			if err != nil {
				return
			}
			defer func() { _ = c.Close() }()
		}
	}()
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	begun := time.Now()
	v, _, err := host.Probe(ctx, host.LinkOptions{Codec: codec(t), Address: mute.Addr().String()}, echo())
	if !errors.Is(err, host.ErrNoAnswer) || v.Connect <= 0 || v.Err != nil {
		t.Errorf("mute: %v, %+v", err, v)
	}
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("took %v", took)
	}
}
