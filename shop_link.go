package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"time"

	"vpos/tui/words"
	"vpos/txn"
	"vpos/txn/config"
	"vpos/txn/host"
	"vpos/txn/host/keys"
	"vpos/txn/host/sim"
)

// The acquirer: its dialect, its keys, the link to it, and in training the host itself.

// dialect is the configured profile with what the configuration changes of it.
func dialect(h config.Host, lang words.Lang) (host.Profile, error) {
	p, err := host.LoadProfile(h.Profile)
	if err != nil {
		return p, profileError(err, lang)
	}
	if h.Framing != "" {
		p.Framing.Length = host.LengthForm(h.Framing)
	}
	if h.NII != "" {
		p.NII = h.NII
	}
	return p, nil
}

// setup is what the machine is told: the configuration, and what the dialect makes
// possible. A PIN is typed in training alone; in live the card's own pinpad has it.
func (p *shop) setup() txn.Setup {
	s := p.config.Setup()
	s.OnlinePIN = p.onlinePIN()
	s.QR = !p.config.Mode.Live && slices.ContainsFunc(p.dialect.Ops, func(o host.OpSpec) bool { return o.Op == txn.OpQR })
	s.TellScripts = slices.ContainsFunc(p.dialect.Ops, func(o host.OpSpec) bool { return o.Op == txn.OpScript })
	s.UploadSize = p.dialect.Limits.Details
	return s
}

// onlinePIN reports whether the host checks PINs and they may be typed.
func (p *shop) onlinePIN() bool { return !p.config.Mode.Live && p.dialect.Keys.PIN != "" }

// session is the keys of the link; nil where the dialect has none. Session keys come
// with the first sign-on.
func (p *shop) session(ctx context.Context) (*keys.Session, error) {
	if p.dialect.Keys == (keys.Rules{}) {
		return nil, nil //nolint:nilnil // no keys is no error
	}
	store, err := p.keyStore(ctx)
	if err != nil {
		return nil, err
	}
	session, err := store.Session(p.dialect.Keys, p.config.Mode.Live)
	if err != nil {
		return nil, keysError(err, p.lang)
	}
	return session, nil
}

// openLink makes the acquirer link; nothing is dialled yet.
func (p *shop) openLink(ctx context.Context) (*host.Link, error) {
	codec, err := host.NewCodec(p.dialect)
	if err != nil {
		return nil, fmt.Errorf("host profile: %w", err)
	}
	session, err := p.session(ctx)
	if err != nil {
		return nil, err
	}
	address := p.config.Host.Address
	if p.config.Host.EmbeddedHost() {
		if address, err = p.startHost(ctx, codec); err != nil {
			return nil, err
		}
	}
	security, err := p.config.Host.ClientTLS()
	if err != nil {
		return nil, fmt.Errorf("host: %w", err)
	}
	link, err := host.NewLink(host.LinkOptions{
		Codec: codec, Address: address, TLS: security, Keys: session,
		ConnectTimeout: p.config.Host.ConnectTimeout, Log: p.log,
	})
	if err != nil {
		return nil, fmt.Errorf("host: %w", err)
	}
	p.closers = append(p.closers, link.Close)
	p.link = link
	return link, nil
}

// lateBy is how much longer than the terminal waits the simulator's late replies
// take.
const lateBy = 2 * time.Second

// startHost starts the embedded host simulator on a free port of this machine and
// returns its address. Its ledger lies beside the journal.
func (p *shop) startHost(ctx context.Context, codec *host.Codec) (string, error) {
	store, err := p.openLedger()
	if err != nil {
		return "", err
	}
	known, err := p.hostKeys(ctx)
	if err != nil {
		return "", err
	}
	server, err := sim.NewServer(sim.Options{
		Codec: codec, Store: store, OutcomesByAmount: true, MasterKey: known,
		LateAfter: p.config.Host.Timeout + lateBy, CustomerAfter: p.config.Host.CustomerAfter, Log: p.log.With("at", "host"),
	})
	if err != nil {
		return "", ledgerError(err, p.lang)
	}
	p.closers = append(p.closers, server.Close)
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", advise(words.ListenFailed, p.lang, err)
	}
	go func() {
		if err := server.Serve(ctx, listener); !errors.Is(err, sim.ErrClosed) {
			p.log.Error("embedded host", "err", err)
		}
	}()
	return listener.Addr().String(), nil
}

// hostKeys are the terminals' master keys as the embedded host knows them: this
// terminal's own is read once, any other has the test key.
func (p *shop) hostKeys(ctx context.Context) (func(string) (keys.Key, bool), error) {
	store, err := p.keyStore(ctx)
	if err != nil {
		return nil, err
	}
	own, err := store.Master(p.config.Mode.Live)
	if err != nil {
		return nil, keysError(err, p.lang)
	}
	p.closers = append(p.closers, func() error { own.Wipe(); return nil })
	return func(terminal string) (keys.Key, bool) {
		if terminal == p.config.Terminal.ID {
			return own.Clone(), true
		}
		return sim.TestMasterKey(terminal)
	}, nil
}
