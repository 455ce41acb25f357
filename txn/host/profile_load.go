package host

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

//go:embed profiles/*.toml
var shipped embed.FS

// Shipped lists the profiles that are part of the program, by name. The first is
// the default.
func Shipped() []string { return []string{"iso87-ascii", "unionpay", "iso93"} }

// LoadProfile gives a shipped profile by its name, or reads the file of another:
// what is no shipped name is a path. A file may be based on a shipped profile
// (base = "unionpay") and then says only what differs.
//
// The profile has been checked: [NewCodec] takes it. Errors are [ProfileErrors],
// every mistake with its line, or the system's where the file cannot be read.
func LoadProfile(nameOrPath string) (Profile, error) {
	if slices.Contains(Shipped(), nameOrPath) {
		data, err := shipped.ReadFile(path.Join("profiles", nameOrPath+".toml"))
		if err != nil {
			return Profile{}, fmt.Errorf("profile %s: %w", nameOrPath, err)
		}
		return ParseProfile(nameOrPath+".toml", data)
	}
	f, err := os.Open(nameOrPath) //nolint:gosec // the file the person at the keys named
	if err != nil {
		return Profile{}, fmt.Errorf("profile: %w", err)
	}
	defer func() { _ = f.Close() }() // only read
	data, err := io.ReadAll(io.LimitReader(f, maxProfile+1))
	if err != nil {
		return Profile{}, fmt.Errorf("profile: %w", err)
	}
	return ParseProfile(nameOrPath, data)
}

// maxProfile is the largest file read, five times the largest shipped: looking for a
// key twice in one table costs its square.
const maxProfile = 64 << 10

// ISO87 is the shipped profile iso87-ascii.
func ISO87() Profile { return mustShip("iso87-ascii") }

// mustShip gives a shipped profile. A test loads every one, so that none is
// broken.
func mustShip(name string) Profile {
	p, err := LoadProfile(name)
	if err != nil {
		panic("host: " + err.Error())
	}
	return p
}

// ParseProfile reads the bytes of a profile's file. The name is for its errors,
// and for the profile where the file gives it none.
func ParseProfile(name string, data []byte) (Profile, error) {
	list := &problems{file: name, data: data}
	if len(data) > maxProfile {
		return Profile{}, list.add("", fmt.Errorf("larger than %d bytes", maxProfile)).err()
	}
	list.index()
	own, ok := list.decode()
	if !ok {
		return Profile{}, list.err()
	}
	base, based := own["base"].(string)
	if !based && len(list.found) > 0 {
		return Profile{}, list.err() // what is missing may only be misspelt
	}
	whole, err := laidOver(base, own)
	if err != nil {
		return Profile{}, list.add("base", err).err()
	}
	if _, named := own["name"]; !named {
		whole.Name = strings.TrimSuffix(filepath.Base(name), ".toml")
	}
	p, wrong := whole.profile()
	_, more := newCodec(p)
	wrong = append(wrong, more...)
	for _, err := range wrong {
		list.addKeyed(err, &whole)
	}
	return p, list.err()
}

// laidOver is a file over the one it is based on: table by table, key by key; an
// array replaces one.
func laidOver(base string, over map[string]any) (profileFile, error) {
	under := map[string]any{}
	if base != "" {
		if !slices.Contains(Shipped(), base) {
			return profileFile{}, fmt.Errorf("%q: not one of %s", base, strings.Join(Shipped(), ", "))
		}
		text, err := shipped.ReadFile(path.Join("profiles", base+".toml"))
		if err != nil {
			return profileFile{}, fmt.Errorf("base: %w", err)
		}
		if err := toml.Unmarshal(text, &under); err != nil {
			return profileFile{}, fmt.Errorf("base: %w", err)
		}
	}
	lay(under, over)
	text, err := toml.Marshal(under)
	if err != nil {
		return profileFile{}, fmt.Errorf("profile: %w", err)
	}
	var f profileFile
	if err := toml.Unmarshal(text, &f); err != nil {
		return profileFile{}, fmt.Errorf("profile: %w", err)
	}
	return f, nil
}

func lay(under, over map[string]any) {
	for key, value := range over {
		below, isTable := value.(map[string]any)
		there, wasTable := under[key].(map[string]any)
		if isTable && wasTable {
			lay(there, below)
			continue
		}
		under[key] = value
	}
}

// ProfileError is one thing wrong with a profile's file.
type ProfileError struct {
	File         string
	Line, Column int    // from 1, in characters
	Key          string // dotted, parts counted from 0: fields.60.parts.2.form; may be empty
	Err          error
}

// Error is the place and the fault: bank.toml:12:8: fields.60.form: ...
func (e *ProfileError) Error() string {
	var b strings.Builder
	b.WriteString(e.File + ":")
	if e.Line > 0 {
		fmt.Fprintf(&b, "%d:%d:", e.Line, e.Column)
	}
	if e.Key != "" {
		b.WriteString(" " + e.Key + ":")
	}
	return b.String() + " " + e.Err.Error()
}

// Unwrap gives the fault.
func (e *ProfileError) Unwrap() error { return e.Err }

// ProfileErrors are all that is wrong with a profile's file, by line.
type ProfileErrors []*ProfileError

// Error is one line a mistake.
func (e ProfileErrors) Error() string {
	lines := make([]string, len(e))
	for i, one := range e {
		lines[i] = one.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives each to errors.As.
func (e ProfileErrors) Unwrap() []error {
	out := make([]error, len(e))
	for i, one := range e {
		out[i] = one
	}
	return out
}

// maxFaults is how many are told of one file: whoever has more begins with these.
const maxFaults = 100

// problems collects them.
type problems struct {
	file  string
	data  []byte
	lines map[string]int // of each key, its offset
	found ProfileErrors
}

func (l *problems) add(key string, err error) *problems {
	if len(l.found) >= maxFaults {
		return l
	}
	e := &ProfileError{File: l.file, Key: key, Err: err}
	e.Line, e.Column = l.place(key)
	l.found = append(l.found, e)
	return l
}

// addKeyed adds an error that names its key, of the file laid over its base. What one
// key is the cause of is said once.
func (l *problems) addKeyed(err error, whole *profileFile) {
	var e *keyError
	if !errors.As(err, &e) {
		l.add("", err)
		return
	}
	key := l.listKey(e.key, whole)
	if _, here := l.lines[key]; !here && e.or != "" {
		key = e.or
	}
	if !l.told(key) {
		l.add(key, e.err)
	}
}

func (l *problems) err() error {
	if len(l.found) == 0 {
		return nil
	}
	slices.SortStableFunc(l.found, func(a, b *ProfileError) int {
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return a.Column - b.Column
	})
	return l.found
}

// decode reads the file strictly: ok is whether it is TOML and says something. Unknown
// keys and values of a wrong type are noted, and not in the table.
func (l *problems) decode() (table map[string]any, ok bool) {
	err := toml.Unmarshal(l.data, &table)
	var wrong *toml.DecodeError
	switch {
	case errors.As(err, &wrong):
		e := &ProfileError{File: l.file, Err: &KeyFault{Is: ErrSyntax, Want: strings.TrimPrefix(wrong.Error(), "toml: ")}}
		e.Line, e.Column = wrong.Position()
		l.found = append(l.found, e)
		return nil, false
	case err != nil:
		l.add("", &KeyFault{Is: ErrSyntax, Want: strings.TrimPrefix(err.Error(), "toml: ")})
		return nil, false
	case len(table) == 0:
		l.add("", &KeyFault{Is: ErrEmpty, Want: `base = "` + strings.Join(Shipped(), `" | "`) + `"`})
		return nil, false
	}
	l.fit(table)
	return table, true
}

// place is where a key stands, or else the nearest table above it; what is in no
// table of the file is its base's, or missing at its beginning.
func (l *problems) place(key string) (line, column int) {
	for ; key != ""; key = key[:max(strings.LastIndexByte(key, '.'), 0)] {
		if at, ok := l.lines[key]; ok {
			return l.position(at)
		}
	}
	return l.position(l.lines["base"])
}

// position counts lines and characters from 1.
func (l *problems) position(at int) (line, column int) {
	text := string(l.data[:min(at, len(l.data))])
	return strings.Count(text, "\n") + 1, len([]rune(text[strings.LastIndexByte(text, '\n')+1:])) + 1
}
