// Package words is the catalogue: every sentence a person can meet on the
// screen, in English and in Chinese, as tables of data.
//
// Lower rooms speak in codes; this package turns a state, a code, a fault or a
// response of the host into a headline and a next step. It decides nothing and
// keeps nothing.
package words

import "strings"

// Lang is a language of the catalogue.
type Lang uint8

// The languages. The zero value is English.
const (
	EN Lang = iota
	ZH
)

// Langs lists every language, for tables and tests.
func Langs() []Lang { return []Lang{EN, ZH} }

// String is the word of the command line: en or zh.
func (l Lang) String() string {
	if l == ZH {
		return "zh"
	}
	return "en"
}

// Other is the language the switch key goes to.
func (l Lang) Other() Lang {
	if l == ZH {
		return EN
	}
	return ZH
}

// ParseLang reads the word of the command line or of the config: en or zh, in
// any case, also with a region behind it (zh-CN).
func ParseLang(text string) (Lang, bool) {
	switch lang, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(text), "_", "-"), "-"); lang {
	case "en":
		return EN, true
	case "zh":
		return ZH, true
	}
	return EN, false
}

// FromEnv chooses the language by the locale, in the order POSIX gives the
// variables: a locale that begins zh is Chinese, anything else is English.
// lookup is [os.LookupEnv] or a stand-in.
func FromEnv(lookup func(string) (string, bool)) Lang {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		value, ok := lookup(name)
		if !ok || value == "" {
			continue
		}
		if strings.HasPrefix(strings.ToLower(value), "zh") {
			return ZH
		}
		return EN
	}
	return EN
}

// Text is one piece of text in every language.
type Text struct{ EN, ZH string }

// In is the text in one language.
func (t Text) In(l Lang) string {
	if l == ZH {
		return t.ZH
	}
	return t.EN
}

// Empty reports whether there is nothing to say.
func (t Text) Empty() bool { return t.EN == "" && t.ZH == "" }
