package host

// The form of a profile's file. Tables may leave out what they take from the
// profile they are based on.

type profileFile struct {
	Name      string               `toml:"name"`
	Base      string               `toml:"base"`
	Title     titleFile            `toml:"title"`
	MTI       string               `toml:"mti"`
	Bitmap    string               `toml:"bitmap"`
	NII       string               `toml:"nii"`
	Acquirer  string               `toml:"acquirer"`
	Forwarder string               `toml:"forwarder"`
	Framing   framingFile          `toml:"framing"`
	Header    headerFile           `toml:"header"`
	Encoding  encodingFile         `toml:"encoding"`
	Keys      keysFile             `toml:"keys"`
	PIN       pinFile              `toml:"pin"`
	Limits    limitsFile           `toml:"limits"`
	Entry     map[string]entryFile `toml:"entry"`
	Codes     map[string]string    `toml:"codes"`
	Reasons   map[string]string    `toml:"reasons"`
	Brands    map[string]string    `toml:"brands"`
	Lists     map[string]string    `toml:"lists"`
	Fields    map[string]fieldFile `toml:"fields"`
	Ops       map[string]opFile    `toml:"ops"`
}

type titleFile struct {
	ZH string `toml:"zh"`
	EN string `toml:"en"`
}

type framingFile struct {
	Length    string `toml:"length"`
	Inclusive bool   `toml:"inclusive"`
	TPDU      string `toml:"tpdu"`
	Max       int    `toml:"max"`
}

type headerFile struct {
	Class    string `toml:"class"`
	Software string `toml:"software"`
	State    string `toml:"state"`
	Minor    string `toml:"minor"`
}

// encodingFile is how values are encoded where a field does not say.
type encodingFile struct {
	Numeric string `toml:"numeric"`
	Track   string `toml:"track"`
	Length  string `toml:"length"`
}

type keysFile struct {
	MAC      string            `toml:"mac"`
	PIN      string            `toml:"pin"`
	PINUnder string            `toml:"pin_under"`
	Track    bool              `toml:"track"`
	Blob     string            `toml:"blob"`
	Networks map[string]string `toml:"networks"` // the management code of a sign-on, by blob
}

type pinFile struct {
	Length  string `toml:"length"`
	Entered string `toml:"entered"`
	None    string `toml:"none"`
}

type limitsFile struct {
	Details        int    `toml:"details"`
	MaxAmount      int64  `toml:"max_amount"`
	ReplyTimeout   string `toml:"reply_timeout"`
	ConnectTimeout string `toml:"connect_timeout"`
	EchoEvery      string `toml:"echo_every"`
}

type entryFile struct {
	Code      string `toml:"code"`
	Reader    string `toml:"reader"`
	Condition string `toml:"condition"`
}

type fieldFile struct {
	Name     string                `toml:"name"`
	Form     string                `toml:"form"`
	Encoding string                `toml:"encoding"`
	Length   string                `toml:"length"`
	Align    string                `toml:"align"`
	Holds    string                `toml:"holds"`
	Parts    []partFile            `toml:"parts"`
	Layouts  map[string]layoutFile `toml:"layouts"`
}

type layoutFile struct {
	Holds string     `toml:"holds"`
	Parts []partFile `toml:"parts"`
}

type partFile struct {
	Name   string     `toml:"name"`
	Tag    string     `toml:"tag"`
	Form   string     `toml:"form"`
	Hex    bool       `toml:"hex"`
	Holds  string     `toml:"holds"`
	Value  string     `toml:"value"`
	Repeat int        `toml:"repeat"`
	Parts  []partFile `toml:"parts"`
}

type opFile struct {
	Op         string `toml:"op"`
	Off        bool   `toml:"off"`
	When       string `toml:"when"`
	MTI        string `toml:"mti"`
	Repeat     string `toml:"repeat"`
	Processing string `toml:"processing"`
	Condition  string `toml:"condition"`
	Phone      string `toml:"phone"`
	Network    string `toml:"network"`
	Type       string `toml:"type"`
	Function   string `toml:"function"`
	Approved   string `toml:"approved"`
	Original   string `toml:"original"`
	OfOriginal bool   `toml:"of_original"`
	Each       bool   `toml:"each"`
	Request    string `toml:"request"`
	Reply      string `toml:"reply"`
}
