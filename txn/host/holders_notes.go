package host

import (
	"bytes"
	"strings"
	"unicode"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// What the host says in text. On its way in text loses whatever cannot be
// printed: a slip is no place for a host's control characters.

func putIssuer(m *content, p *part, dst []byte) ([]byte, error) {
	return p.write(dst, m.answer.Notes.Issuer)
}

func takeIssuer(m *content, p *part, v []byte) (err error) {
	m.answer.Notes.Issuer, err = p.read(v)
	return err
}

func putAcquirerCode(m *content, p *part, dst []byte) ([]byte, error) {
	return p.write(dst, m.answer.Notes.Acquirer)
}

func takeAcquirerCode(m *content, p *part, v []byte) (err error) {
	m.answer.Notes.Acquirer, err = p.read(v)
	return err
}

func putOrg(m *content, p *part, dst []byte) ([]byte, error) {
	return p.write(dst, m.answer.Notes.Organisation)
}

func takeOrg(m *content, p *part, v []byte) (err error) {
	m.answer.Notes.Organisation, err = p.read(v)
	return err
}

// putText gives the next line of the text; the last part takes no more than the
// others.
func putText(m *content, p *part, dst []byte) ([]byte, error) {
	rest := m.answer.Notes.Text
	for range m.line {
		_, rest, _ = strings.Cut(rest, "\n")
	}
	m.line++
	line, _, _ := strings.Cut(rest, "\n")
	return p.write(dst, line)
}

func takeText(m *content, p *part, v []byte) error {
	line, err := p.read(v)
	if err != nil || line == "" {
		return err
	}
	if m.answer.Notes.Text != "" {
		line = "\n" + line
	}
	m.answer.Notes.Text += line
	return nil
}

// write appends text in the encoding of the part.
func (p *part) write(dst []byte, text string) ([]byte, error) {
	if p.spec.Kind != Chinese {
		return append(dst, text...), nil
	}
	out, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(text))
	if err != nil {
		return nil, ErrCharacter
	}
	return append(dst, out...), nil
}

// read is the text of a part without the spaces around it. GB 18030 holds all of
// GBK; bytes that are neither become a mark.
func (p *part) read(v []byte) (string, error) {
	if p.spec.Kind != Chinese {
		return strings.TrimSpace(string(v)), nil
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(bytes.TrimRight(v, " "))
	if err != nil {
		return "", ErrCharacter
	}
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, string(out))), nil
}
