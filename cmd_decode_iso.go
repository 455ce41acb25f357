package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"vpos/tui/words"
	"vpos/txn/host"
)

// decodeISOCommand takes an ISO 8583 message apart, field by field.
func decodeISOCommand(s *settings) *cobra.Command {
	var profile string
	cmd := &cobra.Command{
		Use: "iso [HEX]", Short: words.ISOTitle.EN + " " + words.ISOTitle.ZH, Args: cobra.ArbitraryArgs,
		Long: "Takes a message apart: every field with its place, name and meaning, masked.\n" +
			"Without --profile the one that reads the message is found. A length, a TPDU and\n" +
			"dumps (hexdump, xxd, tcpdump -X) are taken as they are.",
		RunE: func(cmd *cobra.Command, args []string) error { return decodeISO(cmd, *s, profile, args) },
	}
	cmd.Flags().StringVar(&profile, "profile", "", "acquirer profile: iso87-ascii, unionpay, iso93 or a file (default: the one that fits)")
	return cmd
}

func decodeISO(cmd *cobra.Command, s settings, profile string, args []string) error {
	config, lang, err := loadConfig(s)
	if err != nil {
		return err
	}
	raw, err := hexInput(args)
	if err != nil {
		return advise(words.NotHex, lang, err)
	}
	defer clear(raw)
	l := listing{raw: raw, lang: lang, out: cmd.OutOrStdout()}
	if profile != "" {
		list, err := candidates(lang, profile)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(list, func(c host.Candidate) bool { return c.Name == profile })
		err = l.by(list[i])
		if err != nil {
			return err
		}
		return l.print()
	}
	list, err := candidates(lang, config.Host.Profile)
	if err != nil {
		return err
	}
	if err := l.found(host.NewDoctor(list)); err != nil {
		return err
	}
	return l.print()
}

// hexInput reads a message from the arguments, or from standard input where there
// are none or only a dash.
func hexInput(args []string) ([]byte, error) {
	text := []byte(strings.Join(args, " "))
	if len(args) == 0 || len(args) == 1 && args[0] == "-" {
		var err error
		if text, err = readBounded(os.Stdin); err != nil {
			return nil, fmt.Errorf("standard input: %w", err)
		}
	}
	defer clear(text)
	return host.ReadCapture(text)
}

// mostText bounds the text a capture is read from: a dump takes five characters
// a byte.
const mostText = 8 * host.MaxCapture

func readBounded(r io.Reader) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(r, mostText+1))
	if err == nil && len(text) > mostText {
		err = host.ErrTooLong
	}
	return bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")), err
}

// candidates are the shipped profiles and more files; one that is shipped anyway
// is not listed twice.
func candidates(lang words.Lang, more ...string) ([]host.Candidate, error) {
	list := host.Candidates()
	known := map[string]bool{"": true}
	for _, c := range list {
		known[c.Name] = true
	}
	for _, name := range more {
		if known[name] {
			continue
		}
		known[name] = true
		p, err := host.LoadProfile(name)
		if err != nil {
			return nil, profileError(err, lang)
		}
		list = append(list, host.Candidate{Name: name, Profile: p})
	}
	return list, nil
}

// by takes the profile that was named.
func (l *listing) by(c host.Candidate) error {
	var err error
	if l.codec, err = host.NewCodec(c.Profile); err != nil {
		return advise(words.ProfileBroken, l.lang, err)
	}
	l.heading = words.ISOProfile.Fill(l.lang, c.Name)
	l.shape = l.codec.Locate(l.raw, time.Now())
	return nil
}

// found takes the profile that reads the message best, with other encodings where
// that helps.
func (l *listing) found(doctor *host.Doctor) error {
	d := doctor.Diagnose(l.raw, time.Now())
	best := d.Fits[0]
	var err error
	if l.codec, err = host.NewCodec(best.Profile); err != nil {
		return advise(words.ProfileBroken, l.lang, err)
	}
	l.heading = words.ISOFound.Fill(l.lang, best.Name)
	if len(best.Changes) > 0 {
		l.heading = words.ISOChanged.Fill(l.lang, best.Name, changeText(best.Changes))
	}
	l.shape = best.Shape
	return nil
}

func changeText(list []host.Change) string {
	lines := make([]string, len(list))
	for i, c := range list {
		lines[i] = c.Line()
	}
	return strings.Join(lines, ", ")
}

// faultText is what is wrong with a message, in words.
func faultText(err error) words.Text {
	for _, f := range []struct {
		err  error
		text words.Text
	}{
		{host.ErrShort, words.FaultShort}, {host.ErrTrailing, words.FaultTrailing}, {host.ErrLength, words.FaultLength},
		{host.ErrCharacter, words.FaultCharacter}, {host.ErrUndefined, words.FaultUndefined},
		{host.ErrMissing, words.FaultMissing}, {host.ErrRange, words.FaultRange}, {host.ErrDate, words.FaultDate},
		{host.ErrOperation, words.FaultOperation}, {host.ErrBitmap, words.FaultBitmap}, {host.ErrTLV, words.FaultTLV},
	} {
		if errors.Is(err, f.err) {
			return f.text
		}
	}
	return words.FaultOther
}

// faultPlace is where a fault is: the field with its name.
func faultPlace(f *host.FieldError, lang words.Lang) string {
	switch f.Path {
	case "header":
		return words.FieldName("header").In(lang)
	case "0":
		return words.FieldName("MTI").In(lang)
	case "1":
		return words.FieldName("bitmap").In(lang)
	case "end":
		return words.ISOEnd.In(lang)
	}
	place := words.ISOField.Fill(lang, f.Path)
	switch {
	case f.Name == "":
		return place
	case lang == words.ZH:
		return place + "（" + words.FieldName(f.Name).ZH + "）"
	}
	return place + " (" + f.Name + ")"
}
