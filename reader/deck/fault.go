package deck

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"vpos/reader/sheet"
	"vpos/reader/tlv"
)

// FaultInfo is one thing that can be wrong with a card.
type FaultInfo struct {
	Name    string // as in NAME+fault
	Arg     string // what a number after a colon means; empty where there is none
	Default int    // the number where none is given
	EN, ZH  string // one line
}

// flaws is what a card does wrong while it is used.
type flaws struct {
	tear, garbage  int // at this command, counted from 1 after power-on; 0 for never
	mute           int // from this command on; -1 for never
	slow           time.Duration
	cardBlocked    bool
	appBlocked     int // this application, counted from 1
	gpoRefused     int
	badCertificate bool
	badStatic      bool
	badDynamic     bool
	badCryptogram  bool
	pinBlocked     bool
	refusesEnd     bool
	rejectsIssuer  bool
	rejectsScripts bool
	oversized      bool
	wrongAIP       bool
}

// fault is a row of the table: what the fault changes.
type fault struct {
	FaultInfo
	most  int
	apply func(d *definition, f *flaws, arg int)
}

// faults is every fault, in the order a person meets them in a transaction.
func faults() []fault {
	flag := func(name, en, zh string, at func(f *flaws) *bool) fault {
		return fault{FaultInfo{Name: name, EN: en, ZH: zh}, 0, func(_ *definition, f *flaws, _ int) { *at(f) = true }}
	}
	count := func(name, arg string, otherwise, most int, en, zh string, at func(f *flaws) *int) fault {
		return fault{FaultInfo{name, arg, otherwise, en, zh}, most, func(_ *definition, f *flaws, n int) { *at(f) = n }}
	}
	file := func(name, en, zh string, change func(d *definition)) fault {
		return fault{FaultInfo{Name: name, EN: en, ZH: zh}, 0, func(d *definition, _ *flaws, _ int) { change(d) }}
	}
	return []fault{
		count("mute", "command from which on it is silent, 0 for the answer to reset", 0, 999, "The card does not answer", "卡片不应答", func(f *flaws) *int { return &f.mute }),
		{FaultInfo{"slow", "milliseconds an answer takes", 800, "Every answer takes long", "每次应答都很慢"}, 60000, func(_ *definition, f *flaws, n int) { f.slow = time.Duration(n) * time.Millisecond }},
		count("tear", "command at which it is taken out", 5, 999, "The card is taken out too early", "卡片被提前拔出", func(f *flaws) *int { return &f.tear }),
		count("garbage", "command that is answered with noise", 5, 999, "One answer is noise", "其中一次应答是乱码", func(f *flaws) *int { return &f.garbage }),
		flag("card-blocked", "The issuer has blocked the card (6A81)", "发卡行已锁卡（6A81）", func(f *flaws) *bool { return &f.cardBlocked }),
		file("pse-absent", "No payment system environment", "没有支付系统环境（PSE）", func(d *definition) { d.NoPSE = true }),
		count("app-blocked", "application, counted from 1", 1, 8, "An application is blocked (6283)", "应用已锁定（6283）", func(f *flaws) *int { return &f.appBlocked }),
		file("two-apps", "A second application, told apart by the end of its name", "卡上有两个应用", secondApplication),
		count("gpo-refused", "application, counted from 1", 1, 8, "An application will not start (6985)", "应用拒绝启动（6985）", func(f *flaws) *int { return &f.gpoRefused }),
		flag("wrong-aip", "The application announces something else than was signed", "应用交互特征与签名数据不符", func(f *flaws) *bool { return &f.wrongAIP }),
		file("unknown-tags", "Records and answers hold tags nobody knows", "记录中含未知标签", unknownTags),
		flag("oversized", "A record is longer than a record may be", "记录超长", func(f *flaws) *bool { return &f.oversized }),
		file("expired", "The card has expired", "卡片已过期", changeDate(tagExpiry, []byte{0x21, 0x12, 0x31})),
		file("not-yet", "The card is not valid yet", "卡片尚未生效", changeDate(tagEffective, []byte{0x49, 0x01, 0x01})),
		flag("bad-certificate", "The issuer's certificate is wrong", "发卡行证书错误", func(f *flaws) *bool { return &f.badCertificate }),
		flag("bad-ssad", "The signature over the card's data is wrong", "静态签名数据错误", func(f *flaws) *bool { return &f.badStatic }),
		flag("bad-sdad", "The card's own signature is wrong", "动态签名数据错误", func(f *flaws) *bool { return &f.badDynamic }),
		flag("pin-blocked", "No PIN tries are left", "PIN 已锁定", func(f *flaws) *bool { return &f.pinBlocked }),
		flag("wrong-cryptogram", "The cryptogram is wrong: the issuer declines", "应用密文错误，发卡行将拒绝", func(f *flaws) *bool { return &f.badCryptogram }),
		flag("issuer-auth-fails", "The card does not believe the issuer's answer", "发卡行认证失败", func(f *flaws) *bool { return &f.rejectsIssuer }),
		flag("script-fails", "The card refuses issuer scripts", "发卡行脚本执行失败", func(f *flaws) *bool { return &f.rejectsScripts }),
		flag("ac2-refused", "The card declines what the issuer approved", "发卡行批准后卡片拒绝", func(f *flaws) *bool { return &f.refusesEnd }),
	}
}

// Faults lists every fault.
func Faults() []FaultInfo {
	var list []FaultInfo
	for _, f := range faults() {
		list = append(list, f.FaultInfo)
	}
	return list
}

// SpecError says which part of a card's name nothing is known of.
type SpecError struct {
	Card  string   // a card there is none of, or
	Fault string   // a fault, or
	Arg   string   // with what stands after it, the colon too
	Near  []string // what may have been meant
}

// Error names it and what it may have meant.
func (e *SpecError) Error() string {
	what := "there is no card or fault without a name"
	switch {
	case e.Card != "":
		what = fmt.Sprintf("there is no card %q", e.Card)
	case e.Fault != "" && e.Arg == "":
		what = fmt.Sprintf("there is no fault %q", e.Fault)
	case e.Fault != "":
		what = fmt.Sprintf("fault %s: %q is not a number it takes", e.Fault, strings.TrimPrefix(e.Arg, ":"))
	}
	if len(e.Near) == 0 {
		return what
	}
	return what + "; near it: " + strings.Join(e.Near, ", ")
}

// chosen is a fault with its number.
type chosen struct {
	fault
	arg int
}

// parseFaults reads fault or fault:number.
func parseFaults(list []string) ([]chosen, *SpecError) {
	var out []chosen
	all := faults()
	for _, text := range list {
		name, arg, given := strings.Cut(text, ":")
		i := slices.IndexFunc(all, func(f fault) bool { return f.Name == name })
		if i < 0 {
			var names []string
			for _, f := range all {
				names = append(names, f.Name)
			}
			return nil, &SpecError{Fault: name, Near: sheet.Near(name, names)}
		}
		c := chosen{all[i], all[i].Default}
		if given {
			n, err := strconv.Atoi(arg)
			if err != nil || n < 0 || n > c.most || n == 0 && c.Default != 0 {
				return nil, &SpecError{Fault: name, Arg: ":" + arg}
			}
			c.arg = n
		}
		out = append(out, c)
	}
	return out, nil
}

// secondApplication adds a copy of the first application. The two names end in
// 01 and 02 behind a common beginning, so that only a search for more finds both.
func secondApplication(d *definition) {
	first := &d.Applications[0]
	second := d.clone().Applications[0]
	if len(first.AID) < 16 {
		first.AID = append(bytes.Clone(first.AID), 0x01)
		second.AID = append(bytes.Clone(second.AID), 0x02)
	}
	first.Priority, second.Priority = 1, 2
	second.Label = second.Label[:min(len(second.Label), 14)] + " 2"
	second.Preferred = ""
	d.Applications = append(d.Applications[:1:1], append([]application{second}, d.Applications[1:]...)...)
}

// unknownTags puts tags into the FCI and the first record that no book knows, one
// of them a template.
func unknownTags(d *definition) {
	for i := range d.Applications {
		a := &d.Applications[i]
		a.FCI = append(a.FCI, object{tag: 0xDF7E, value: []byte{1, 2, 3}})
		inner := tlv.Append(nil, 0xDF7D, []byte{4, 5})
		r := &a.Records[0]
		r.Objects = append(r.Objects, object{tag: 0xDF7F, value: []byte{6}}, object{tag: 0xFF7F, value: inner})
	}
}

// changeDate gives every application another date; where it has none, it gets
// one in its first record.
func changeDate(tag tlv.Tag, date []byte) func(d *definition) {
	return func(d *definition) {
		for i := range d.Applications {
			a := &d.Applications[i]
			if _, ok := a.find(tag); !ok {
				a.Records[0].Objects = append(a.Records[0].Objects, object{tag: tag, value: date})
				continue
			}
			a.replace(tag, date)
		}
	}
}
