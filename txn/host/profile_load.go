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

// maxProfile is the largest file read: the largest shipped is a tenth.
const maxProfile = 256 << 10

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
	var own profileFile
	if list.decode(data, &own) {
		return Profile{}, list.err()
	}
	whole, err := laidOver(own.Base, data)
	if err != nil {
		return Profile{}, list.add("base", err).err()
	}
	if own.Name == "" {
		whole.Name = strings.TrimSuffix(filepath.Base(name), ".toml")
	}
	p, wrong := whole.profile()
	for _, err := range wrong {
		list.addKeyed(err)
	}
	if len(list.found) == 0 {
		if _, err := NewCodec(p); err != nil {
			list.addKeyed(err)
		}
	}
	return p, list.err()
}

// laidOver is a file over the one it is based on: table by table, key by key; an
// array replaces one.
func laidOver(base string, data []byte) (profileFile, error) {
	var over map[string]any
	if err := toml.Unmarshal(data, &over); err != nil {
		return profileFile{}, fmt.Errorf("profile: %w", err)
	}
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
	Line, Column int    // from 1; 0 where nothing in the file is the cause by itself
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

// problems collects them.
type problems struct {
	file  string
	data  []byte
	lines map[string]int // of each key, its offset
	found ProfileErrors
}

func (l *problems) add(key string, err error) *problems {
	e := &ProfileError{File: l.file, Key: key, Err: err}
	e.Line, e.Column = l.place(key)
	l.found = append(l.found, e)
	return l
}

// addKeyed adds an error that names its key.
func (l *problems) addKeyed(err error) {
	var e *keyError
	if errors.As(err, &e) {
		l.add(e.key, e.err)
		return
	}
	l.add("", err)
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

// decode reads the file strictly and reports whether that failed.
func (l *problems) decode(data []byte, into *profileFile) bool {
	d := toml.NewDecoder(strings.NewReader(string(data)))
	d.DisallowUnknownFields()
	err := d.Decode(into)
	var missing *toml.StrictMissingError
	var wrong *toml.DecodeError
	switch {
	case err == nil:
		return false
	case errors.As(err, &missing):
		for i := range missing.Errors {
			l.addDecode(&missing.Errors[i], errors.New("unknown key"))
		}
	case errors.As(err, &wrong):
		l.addDecode(wrong, errors.New(strings.TrimPrefix(wrong.Error(), "toml: ")))
	default:
		l.add("", err)
	}
	return true
}

func (l *problems) addDecode(at *toml.DecodeError, err error) {
	e := &ProfileError{File: l.file, Key: strings.Join(at.Key(), "."), Err: err}
	e.Line, e.Column = at.Position()
	l.found = append(l.found, e)
}

// place is where a key stands, or else the nearest table above it.
func (l *problems) place(key string) (line, column int) {
	for key != "" {
		if at, ok := l.lines[key]; ok {
			before := l.data[:min(at, len(l.data))]
			text := string(before)
			return strings.Count(text, "\n") + 1, len([]rune(text[strings.LastIndexByte(text, '\n')+1:])) + 1
		}
		key = key[:max(strings.LastIndexByte(key, '.'), 0)]
	}
	return 0, 0
}
