package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"vpos/tui/words"
	"vpos/txn/host"
)

// hostCheckCommand is the doctor of profiles: it tells how a captured message is
// written and which profile reads it.
func hostCheckCommand(s *settings) *cobra.Command {
	var profiles []string
	cmd := &cobra.Command{
		Use: "check [FILE]", Short: words.CheckTitle.EN + " " + words.CheckTitle.ZH, Args: cobra.MaximumNArgs(1),
		Long: "Given one captured message in hex, as digits or a dump (hexdump, xxd, tcpdump -X),\n" +
			"says how it is framed and encoded, which profiles read it and where the others fail,\n" +
			"and what to write into a profile file. Nothing of what the fields hold is shown.\n" +
			"Without FILE, or with -, the message is read from standard input.",
		RunE: func(cmd *cobra.Command, args []string) error { return checkHost(cmd, *s, profiles, args) },
	}
	cmd.Flags().StringSliceVar(&profiles, "profile", nil, "profile files to try beside the shipped ones and the configuration's")
	return cmd
}

func checkHost(cmd *cobra.Command, s settings, profiles, args []string) error {
	config, lang, err := loadConfig(s)
	if err != nil {
		return err
	}
	list, err := candidates(lang, append(profiles, config.Host.Profile)...)
	if err != nil {
		return err
	}
	raw, err := captureFile(args)
	if err != nil {
		return advise(words.CheckNoFile, lang, err)
	}
	defer clear(raw)
	d := host.NewDoctor(list).Diagnose(raw, time.Now())
	c := checkup{Diagnosis: d, lang: lang, out: cmd.OutOrStdout()}
	c.shapes()
	c.profiles()
	c.advice()
	if d.Fits[0].Fault != nil {
		return advise(words.CheckUnread, lang, nil)
	}
	return nil
}

// captureFile reads the message of a file, or of standard input.
func captureFile(args []string) ([]byte, error) {
	in := os.Stdin
	if len(args) == 1 && args[0] != "-" {
		f, err := os.Open(args[0])
		if err != nil {
			return nil, fmt.Errorf("%w", err)
		}
		defer func() { _ = f.Close() }() // only read
		in = f
	}
	text, err := readBounded(in)
	if err != nil {
		return nil, err
	}
	defer clear(text)
	return host.ReadCapture(text)
}

// checkup prints a diagnosis.
type checkup struct {
	host.Diagnosis
	lang words.Lang
	out  io.Writer
}

func (c checkup) fact(name words.Text, value string) {
	fmt.Fprintln(c.out, pad(name.In(c.lang), 10)+"  "+value)
}

// shapes says how the message is written.
func (c checkup) shapes() {
	size := words.CheckBytes.Fill(c.lang, c.Size)
	if c.Packet > 0 {
		size = words.CheckPacket.Fill(c.lang, c.Size, c.Packet)
	}
	c.fact(words.CheckCapture, size)
	if len(c.Shapes) == 0 {
		why := words.CheckEncrypted
		if c.EBCDIC {
			why = words.CheckEBCDIC
		}
		fmt.Fprintln(c.out, why.In(c.lang))
		return
	}
	s := c.Shapes[0]
	c.fact(words.CheckLength, lengthText(s, c.lang))
	tpdu, header := words.CheckAbsent.In(c.lang), words.CheckAbsent.In(c.lang)
	if s.TPDU {
		tpdu = fmt.Sprintf("% X", s.Transport[:])
	}
	if s.Header {
		header = words.CheckHeader.Fill(c.lang, s.Software[:2], s.Software[2:])
	}
	c.fact(words.Text{EN: "TPDU", ZH: "TPDU"}, tpdu)
	c.fact(words.FieldName("header"), header)
	way, mti := words.ISOReply, s.Type+" "+strings.ToUpper(string(s.MTI))
	if s.Request() {
		way = words.ISORequest
	}
	c.fact(words.Text{EN: "MTI", ZH: "消息类型"}, listed(c.lang, words.Text{EN: mti, ZH: mti}, way))
	c.fact(words.CheckBitmap, c.bitmap(s))
	c.fact(words.CheckFields, fieldList(s.Fields))
	if s.Missing > 0 {
		fmt.Fprintln(c.out, words.ISOMissing.Fill(c.lang, s.Missing))
	}
	if s.Rest > 0 {
		fmt.Fprintln(c.out, words.ISOFollows.Fill(c.lang, s.Rest))
	}
}

func (c checkup) bitmap(s host.Shape) string {
	form, second := words.CheckBinary, words.CheckNoSecond
	if s.Bitmap == host.BitmapHex {
		form = words.CheckHex
	}
	if s.Secondary {
		second = words.CheckSecond
	}
	return listed(c.lang, form, second)
}

func fieldList(list []int) string {
	out := make([]string, len(list))
	for i, n := range list {
		out[i] = strconv.Itoa(n)
	}
	return strings.Join(out, " ")
}

// listed puts a comma between words.
func listed(lang words.Lang, list ...words.Text) string {
	out := make([]string, len(list))
	for i, text := range list {
		out[i] = text.In(lang)
	}
	if lang == words.ZH {
		return strings.Join(out, "，")
	}
	return strings.Join(out, ", ")
}

// lengthText is the form of a length in words.
func lengthText(s host.Shape, lang words.Lang) string {
	form := map[host.LengthForm]words.Text{
		host.LengthBE2: words.CheckBE2, host.LengthBCD2: words.CheckBCD2, host.LengthASCII4: words.CheckASCII4,
	}
	text, ok := form[s.Length]
	if !ok {
		return words.CheckNoLength.In(lang)
	}
	counts := words.CheckExcluding
	if s.Inclusive {
		counts = words.CheckIncluding
	}
	return listed(lang, text, counts)
}

// profiles lists how each profile fares.
func (c checkup) profiles() {
	fmt.Fprintln(c.out)
	fmt.Fprintln(c.out, words.CheckProfiles.In(c.lang))
	for i, f := range c.Fits {
		fmt.Fprintf(c.out, "%2d  %s  %s\n", i+1, pad(f.Name, 12), c.verdict(f))
		if len(f.Changes) > 0 && f.AsIs != nil {
			fmt.Fprintln(c.out, strings.Repeat(" ", 18)+
				words.CheckAsIs.Fill(c.lang, faultPlace(f.AsIs, c.lang), faultText(f.AsIs).In(c.lang)))
		}
	}
}

func (c checkup) verdict(f host.Fit) string {
	op := words.Operation(f.Op).In(c.lang)
	switch {
	case f.Fault == nil && len(f.Changes) == 0:
		return words.CheckReads.Fill(c.lang, op)
	case f.Fault == nil:
		return words.CheckReadsWith.Fill(c.lang, changeText(f.Changes), op)
	}
	place, why := faultPlace(f.Fault, c.lang), faultText(f.Fault).In(c.lang)
	if len(f.Changes) == 0 {
		return words.CheckFails.Fill(c.lang, place, why, f.Read, f.Of)
	}
	return words.CheckFailsWith.Fill(c.lang, place, why, f.Read, f.Of)
}

// advice is the lines to write.
func (c checkup) advice() {
	if len(c.Shapes) == 0 {
		return
	}
	best := c.Fits[0]
	fmt.Fprintln(c.out)
	lines := slices.Concat(best.Changes, best.Settings)
	shipped := slices.Contains(host.Shipped(), best.Name)
	switch {
	case best.Fault != nil:
		fmt.Fprintln(c.out, words.CheckNearest.In(c.lang))
	case len(lines) == 0:
		fmt.Fprintln(c.out, words.CheckUse.In(c.lang))
		fmt.Fprintf(c.out, "    [host]\n    profile = %q\n", best.Name)
		return
	case shipped:
		fmt.Fprintln(c.out, words.CheckFile.In(c.lang))
	default:
		fmt.Fprintln(c.out, words.CheckOwn.Fill(c.lang, best.Name))
	}
	if shipped {
		fmt.Fprintf(c.out, "    base = %q\n", best.Name)
	}
	for _, line := range lines {
		fmt.Fprintln(c.out, "    "+line.Line())
	}
	if shipped && best.Fault == nil {
		fmt.Fprintln(c.out, words.CheckUse.In(c.lang))
		fmt.Fprintf(c.out, "    [host]\n    profile = %q\n", "bank.toml")
	}
}
