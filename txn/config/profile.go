package config

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

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
	var wrong host.ProfileErrors
	if !errors.As(err, &wrong) {
		cause := unreadable(c.Host.Profile, inner(err))
		cause.Key = key
		d.report(d.valueAt(key, ""), *cause)
		return
	}
	for _, one := range wrong {
		place := filepath.Base(one.File)
		if one.Line > 0 {
			place += fmt.Sprintf(":%d:%d", one.Line, one.Column)
		}
		if one.Key != "" {
			place += " " + one.Key
		}
		d.report(d.valueAt(key, ""), Problem{Key: key, Code: Profile, Got: excerpt(place), Want: excerpt(one.Err.Error())})
	}
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
