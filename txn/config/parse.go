package config

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2/unstable"

	"vpos/txn"
)

// MaxBytes is the largest file read: the template with every key is a tenth.
const MaxBytes = 64 << 10

// Parse reads the bytes of a file. The error is a [*Problems] with everything
// that is wrong; the configuration is then not to be used. It opens no file:
// see [Load] for the certificates.
func Parse(data []byte) (Config, error) {
	c, _, list := parse(data)
	if err := problems("", list); err != nil {
		return Config{}, err
	}
	return c, nil
}

// bom is the mark some editors put at the start of a UTF-8 file.
var bom = []byte("\ufeff")

func parse(data []byte) (Config, *document, []Problem) {
	if len(data) > MaxBytes {
		return Config{}, nil, []Problem{{Code: TooLarge, Got: strconv.Itoa(len(data)), Want: strconv.Itoa(MaxBytes)}}
	}
	data = bytes.TrimPrefix(data, bom)
	if at := notText(data); at >= 0 {
		d := document{data: data}
		d.report(at, Problem{Code: NotText, Want: "UTF-8"})
		return Config{}, nil, d.found
	}
	d := readDocument(data)
	c := base(d.saysLive())
	for i := range fields {
		d.apply(&c, &fields[i])
	}
	d.together(c)
	if c.Mode.Live {
		d.live(c)
	}
	return c, d, d.found
}

// notText finds the first byte that no text file has, or -1.
func notText(data []byte) int {
	for at := 0; at < len(data); {
		r, size := utf8.DecodeRune(data[at:])
		if r == 0 || r == utf8.RuneError && size == 1 {
			return at
		}
		at += size
	}
	return -1
}

// setting finds what the file says of a key.
func (d *document) setting(key string) *setting {
	i := slices.IndexFunc(d.settings, func(s setting) bool { return s.key == key })
	if i < 0 {
		return nil
	}
	return &d.settings[i]
}

func (d *document) saysLive() bool {
	s := d.setting("mode.live")
	return s != nil && s.text == "true"
}

// apply checks one row of the table against the file.
func (d *document) apply(c *Config, f *field) {
	s := d.setting(f.key)
	if s == nil {
		return
	}
	if s.kind != f.kind {
		d.report(s.value, Problem{Key: f.key, Code: WrongType, Got: typeName(s.kind), Want: f.show(Default()) + " (" + typeName(f.kind) + ")"})
		return
	}
	if wrong := f.set(c, s.text); wrong != nil {
		p := Problem{Key: f.key, Code: wrong.code, Got: wrong.got, Want: wrong.want}
		if p.Got == "" {
			p.Got = excerpt(s.text)
			if s.kind == unstable.String {
				p.Got = quote(p.Got)
			}
		}
		d.report(s.value, p)
	}
}

// valueAt is where a key's value stands, or else where the other key's does.
func (d *document) valueAt(key, or string) int {
	for _, k := range []string{key, or} {
		if s := d.setting(k); s != nil {
			return s.value
		}
	}
	return 0
}

// together holds keys against each other.
func (d *document) together(c Config) {
	t := c.Host.TLS
	needs := func(key, value, other, otherValue string) {
		if value != "" && otherValue == "" && !d.reported(other) {
			d.report(d.valueAt(key, ""), Problem{Key: key, Code: Needs, Want: other})
		}
	}
	address := c.Host.Address
	if c.Host.EmbeddedHost() {
		address = ""
	}
	needs("host.tls.ca", t.CA, "host.address", address)
	needs("host.tls.cert", t.Cert, "host.tls.ca", t.CA)
	needs("host.tls.cert", t.Cert, "host.tls.key", t.Key)
	needs("host.tls.key", t.Key, "host.tls.cert", t.Cert)
	needs("host.tls.server_name", t.ServerName, "host.tls.ca", t.CA)
	if c.Host.ReversalMax < c.Host.ReversalPause && !d.reported("host.reversal_max") && !d.reported("host.reversal_pause") {
		d.report(d.valueAt("host.reversal_max", "host.reversal_pause"), Problem{
			Key: "host.reversal_max", Code: Less, Got: shortest(c.Host.ReversalMax), Want: "host.reversal_pause = " + quote(shortest(c.Host.ReversalPause)),
		})
	}
}

// live holds a live file against the rules of the mode. What is missing is
// reported at the line that asks for it: `live = true`.
func (d *document) live(c Config) {
	for _, key := range []string{"terminal.id", "terminal.merchant", "host.address"} {
		if d.setting(key) == nil {
			d.liveProblem(key, LiveMissing, "")
		}
	}
	train := Default().Terminal
	if c.Terminal.ID == train.ID {
		d.liveProblem("terminal.id", LiveTraining, "")
	}
	if c.Terminal.Merchant == train.Merchant {
		d.liveProblem("terminal.merchant", LiveTraining, "")
	}
	switch {
	case d.setting("host.address") != nil && c.Host.EmbeddedHost() && !d.reported("host.address"):
		d.liveProblem("host.address", LiveEmbedded, `"pos.bank.example:5000"`)
	case c.Host.TLS.CA == "" && !d.reported("host.tls.ca"):
		d.liveProblem("host.tls.ca", LivePlain, `"host-ca.pem"`)
	}
	said := c.Mode.Acknowledgement
	switch {
	case d.reported("mode.acknowledgement") || acknowledged(said):
	case strings.TrimSpace(said) == "":
		d.liveProblem("mode.acknowledgement", LiveUnsaid, alternatives(Acknowledgements()))
	default:
		d.liveProblem("mode.acknowledgement", LiveSaidAmiss, alternatives(Acknowledgements()))
	}
}

func (d *document) liveProblem(key string, code txn.Code, want string) {
	d.report(d.valueAt(key, "mode.live"), Problem{Key: key, Code: code, Want: want})
}

// reported says whether a key's value was refused already, so that a rule about
// it would only repeat that.
func (d *document) reported(key string) bool {
	return slices.ContainsFunc(d.found, func(p Problem) bool { return p.Key == key })
}
