package config

import (
	"errors"
	"io/fs"
	"strings"
	"time"

	"vpos/txn"
	"vpos/txn/host"
)

// profile opens the dialect and takes what it says of limits, where the file is
// silent. Whatever is wrong with it is reported at the key that names it.
func (d *document) profile(c *Config) {
	const key = "host.profile"
	if d.reported(key) {
		return
	}
	p, err := host.LoadProfile(c.Host.Profile)
	if err == nil {
		d.limits(c, p)
		return
	}
	if wrong := OfProfile(err); wrong != nil {
		d.found = append(d.found, wrong.List...)
		return
	}
	cause := unreadable(c.Host.Profile, inner(err))
	cause.Key = key
	d.report(d.valueAt(key, ""), *cause)
}

// OfProfile is an error of [host.LoadProfile] as problems, each in the profile's file;
// nil where that could not be read at all.
func OfProfile(err error) *Problems {
	var wrong host.ProfileErrors
	if !errors.As(err, &wrong) {
		return nil
	}
	list := make([]Problem, len(wrong))
	for i, one := range wrong {
		list[i] = ofProfile(one)
		list[i].File, list[i].Line, list[i].Column, list[i].Key = one.File, one.Line, one.Column, excerpt(one.Key)
	}
	return &Problems{List: list}
}

// faults are the faults of a profile that have words of their own.
var faults = []struct {
	is   error
	code txn.Code
}{
	{host.ErrSyntax, Syntax}, {host.ErrEmpty, Empty}, {host.ErrUnknownKey, UnknownKey}, {host.ErrType, WrongType},
	{host.ErrRange, OutOfRange}, {host.ErrLength, WrongLength}, {host.ErrClash, Clash}, {host.ErrMatched, Unmatched},
	{host.ErrRoom, Room},
}

// ofProfile is what is wrong with one key.
func ofProfile(one *host.ProfileError) Problem {
	switch {
	case errors.Is(one.Err, host.ErrUnsigned):
		return Problem{Code: Unsigned}
	case errors.Is(one.Err, host.ErrMissing):
		return Problem{Code: Missing}
	}
	var fault *host.KeyFault
	for _, f := range faults {
		if !errors.Is(one.Err, f.is) || !errors.As(one.Err, &fault) {
			continue
		}
		p := Problem{Code: f.code, Got: excerpt(fault.Got), Want: fault.Want}
		if f.code == Syntax {
			p.Got, p.Want = excerpt(fault.Want), ""
		}
		return p
	}
	return Problem{Code: Profile, Want: excerpt(one.Err.Error())}
}

// inner is the system's own error, for the words it has.
func inner(err error) error {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p
	}
	return err
}

// limits lays an acquirer's limits and name under what the file says.
func (d *document) limits(c *Config, p host.Profile) {
	span := func(key string, at *time.Duration, own time.Duration) {
		if own > 0 && d.setting(key) == nil {
			*at = own
		}
	}
	span("host.timeout", &c.Host.Timeout, p.Limits.ReplyTimeout)
	span("host.connect_timeout", &c.Host.ConnectTimeout, p.Limits.ConnectTimeout)
	span("host.echo_every", &c.Host.EchoEvery, p.Limits.EchoEvery)
	if p.Limits.MaxAmount > 0 && d.setting("terminal.max_amount") == nil {
		c.Terminal.MaxAmount.Minor = p.Limits.MaxAmount
	}
	if name := strings.TrimSpace(p.Title.ZH + " " + p.Title.EN); c.Mode.Live && d.setting("merchant.acquirer") == nil {
		c.Merchant.Acquirer = name
	}
}
