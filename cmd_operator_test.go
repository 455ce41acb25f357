package main

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The PINs of the tests below; none may be found anywhere afterwards.
const (
	firstOfWang = "826491"
	ownOfWang   = "593718"
	firstOfLi   = "730264"
	secondOfLi  = "914036"
	badPIN      = "407182"
)

// dictated runs a command to its end with lines typed into it, and returns what it said.
func dictated(t *testing.T, data, lang string, lines []string, args ...string) (said string, ok bool) {
	t.Helper()
	c := exec.Command(built(t), append(args, "--data", data, "--lang", lang)...)
	c.Stdin = strings.NewReader(strings.Join(append(lines, ""), "\n"))
	out, err := c.CombinedOutput()
	for _, pin := range []string{firstOfWang, ownOfWang, firstOfLi, secondOfLi, badPIN} {
		if bytes.Contains(out, []byte(pin)) {
			t.Errorf("vpos %s shows a PIN: %s", strings.Join(args, " "), out)
		}
	}
	return string(out), err == nil
}

// office is a data folder in which operators are changed.
type office struct {
	t    *testing.T
	data string
}

// does runs a command that must work, and say something.
func (o office) does(want string, lines []string, args ...string) {
	o.t.Helper()
	if said, ok := dictated(o.t, o.data, "en", lines, args...); !ok || !strings.Contains(said, want) {
		o.t.Errorf("vpos %s: %v, %s", strings.Join(args, " "), ok, said)
	}
}

// refuses runs a command that must fail and say why and what next, in both languages.
func (o office) refuses(en, zh string, lines []string, args ...string) {
	o.t.Helper()
	for lang, want := range map[string]string{"en": en, "zh": zh} {
		said, ok := dictated(o.t, o.data, lang, lines, args...)
		if ok || !strings.Contains(said, want) || !strings.Contains(said, "\n      ") {
			o.t.Errorf("vpos %s: %v, %s instead of %s", strings.Join(args, " "), ok, said, want)
		}
	}
}

// The operators of a shop from the first to the last, every refusal in both languages,
// and no PIN left anywhere.
func TestOperatorCommands(t *testing.T) {
	o := office{t, filepath.Join(t.TempDir(), "shop")}
	o.refuses("There is no journal here", "此处没有交易日志", nil, "operator", "list")
	add := func(id, name, role string) []string {
		return []string{"operator", "add", id, "--name", name, "--role", role}
	}
	o.refuses("first operator must be a supervisor", "第一位操作员必须是主管", nil, add("02", "Li", "cashier")...)
	o.refuses("There are no operators", "尚未设置操作员", nil, "operator", "list")
	o.refuses("There are no operators", "尚未设置操作员", nil, "operator", "unlock", "01")
	o.refuses("too easy to guess", "密码过于简单", []string{"0101", "0101"}, add("01", "Wang", "supervisor")...)
	o.refuses("The two PINs differ", "两次密码不一致", []string{firstOfWang, badPIN}, add("01", "Wang", "supervisor")...)
	o.refuses("Stopped before it was done", "操作未完成", []string{firstOfWang}, add("01", "Wang", "supervisor")...)
	o.refuses("has two digits", "两位数字", nil, add("1", "Wang", "supervisor")...)
	o.refuses("no such role", "没有这种角色", nil, add("01", "Wang", "owner")...)
	o.refuses("name cannot be used", "姓名不可用", nil, add("01", "4111111111111111", "supervisor")...)
	o.does("Added: operator 01", []string{firstOfWang, firstOfWang}, add("01", "Wang", "supervisor")...)

	o.refuses("too easy to guess", "密码过于简单", []string{"01", firstOfWang, "1234", "1234"}, "operator", "unlock", "01")
	o.does("Added: operator 02", []string{"01", firstOfWang, ownOfWang, ownOfWang, firstOfLi, firstOfLi}, add("02", "李梅", "cashier")...)
	o.refuses("another operator's", "该操作员号已被使用", nil, add("02", "Li", "cashier")...)
	o.refuses("Only a supervisor", "只有主管", []string{"02", firstOfLi}, "operator", "unlock", "02")
	o.refuses("There is no such operator", "没有该操作员", []string{"09", firstOfLi}, "operator", "unlock", "02")
	o.refuses("There is no such operator", "没有该操作员", []string{ownOfWang}, "operator", "unlock", "02")
	o.refuses("There is no such operator", "没有该操作员", []string{"01", ownOfWang}, "operator", "remove", "09")
	o.refuses("last supervisor", "最后一位主管", []string{"01", ownOfWang}, "operator", "remove", "01")
	o.does("Reset: operator 02", []string{"01", ownOfWang, secondOfLi, secondOfLi}, "operator", "reset", "02")
	o.does("Add a second one", nil, "operator", "list")
	o.does("李梅                      cashier     first PIN", nil, "operator", "list")

	o.refuses("The PIN is wrong", "密码错误", []string{"02", badPIN}, "operator", "unlock", "02") // twice
	dictated(t, o.data, "en", []string{"02", badPIN}, "operator", "unlock", "02")
	dictated(t, o.data, "en", []string{"02", badPIN}, "operator", "unlock", "02")
	o.refuses("Operator 02 is locked until", "操作员 02 已锁定至", []string{"02", badPIN}, "operator", "unlock", "02")
	o.does("locked until", nil, "operator", "list")
	o.does("Unlocked: operator 02", []string{"01", ownOfWang}, "operator", "unlock", "02")
	o.does("Removed: operator 02", []string{"01", ownOfWang}, "operator", "remove", "02")

	for lang, want := range map[string]string{
		"en": `(?m)^#\d{6}  \S+ \S+  locked out        02$[\s\S]*unlocked          02  by 01\n[\s\S]*removed           02  by 01\n`,
		"zh": `(?m)^#\d{6}  \S+ \S+  输错锁定          02$[\s\S]*解锁              02  经办：01\n[\s\S]*删除操作员        02  经办：01\n`,
	} {
		if said, ok := dictated(t, o.data, lang, nil, "audit", "list", "--all"); !ok || !regexp.MustCompile(want).MatchString(said) {
			t.Errorf("the audit: %s", said)
		}
	}
	o.does("more: vpos audit list --all", nil, "audit", "list", "--limit", "3")
	o.does(" ok ", nil, "journal", "verify")
	pinsLeft(t, o.data)
}

// A terminal that runs has the operators to itself.
func TestOperatorsOfARunningTerminal(t *testing.T) {
	dir := t.TempDir()
	d := talk(t, "--reader", "none", "--data", dir)
	d.hears("idle")
	office{t, dir}.refuses("Another vpos is using this data folder", "另一个 vpos 正在使用", nil, "operator", "list")
}

// A terminal whose folder has operators is told so, and has somebody to ask.
func TestStaffedShop(t *testing.T) {
	dir := t.TempDir()
	o := office{t, dir}
	for _, staffed := range []bool{false, true} {
		p, err := openShop(settings{data: dir, lang: "en", folder: new(string)})
		if err != nil {
			t.Fatal(err)
		}
		parts, err := p.open(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		r, err := parts.Journal.Recover(t.Context())
		if err != nil || r.Staffed != staffed || (parts.Staff != nil) != staffed {
			t.Errorf("staffed %v: %v, %v, %v", staffed, r.Staffed, parts.Staff, err)
		}
		p.close()
		if !staffed {
			o.does("Added", []string{firstOfWang, firstOfWang}, "operator", "add", "01", "--name", "Wang", "--role", "supervisor")
		}
	}
}

// pinsLeft holds every byte below a folder against the PINs. Packed as three bytes they
// would be found in any noise, so that form is left out.
func pinsLeft(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, pin := range []string{firstOfWang, ownOfWang, firstOfLi, secondOfLi, badPIN} {
			for form, pattern := range forms(pin) {
				if form != "bcd" && bytes.Contains(b, pattern) {
					t.Errorf("a PIN in %s, %s", path, form)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
