package words

import (
	"slices"
	"strings"
)

// Setting is a row of the settings: a group of rows, a key of the configuration that a
// merchant changes at the terminal, or one that is only shown.
type Setting struct {
	Item    string // the digits that lead to it: 1 is a group, 12 a row of it
	Key     string // of the configuration; empty for a group
	Name    Text   // at most 18 cells
	Help    Text   // what it does, one or two sentences
	Choices []Choice
	Now     bool // it counts at once; else from the next start on
}

// Choice is a value that a setting may have.
type Choice struct {
	Value string // as the configuration has it
	Name  Text   // empty: the value itself
}

// Fixed reports whether a row is shown and never changed here: what money goes by is
// changed in the file, by whoever set the terminal up.
func (s *Setting) Fixed() bool { return s.Key != "" && s.Choices == nil }

// SettingsOf lists the rows behind some digits: the groups for none.
func SettingsOf(path string) []Setting {
	return slices.DeleteFunc(slices.Clone(settings), func(s Setting) bool {
		return len(s.Item) != len(path)+1 || !strings.HasPrefix(s.Item, path)
	})
}

// SettingAt is the row of those digits.
func SettingAt(item string) (Setting, bool) {
	for _, s := range settings {
		if item != "" && s.Item == item {
			return s, true
		}
	}
	return Setting{}, false
}

// SettingOf is the row of a key.
func SettingOf(key string) (Setting, bool) {
	for _, s := range settings {
		if key != "" && s.Key == key {
			return s, true
		}
	}
	return Setting{}, false
}

// Chosen is the place of a value among the choices, or -1.
func (s *Setting) Chosen(value string) int {
	return slices.IndexFunc(s.Choices, func(c Choice) bool { return c.Value == bare(value) })
}

// Shown is a value as the screen has it: by its name where it has one.
func (s *Setting) Shown(l Lang, value string) string {
	if i := s.Chosen(value); i >= 0 {
		return s.Choices[i].In(l)
	}
	switch value {
	case "":
		return SettingEmpty.In(l)
	case "true":
		return yes.In(l)
	case "false":
		return no.In(l)
	}
	return Outside(value)
}

// In is the choice as the screen has it.
func (c *Choice) In(l Lang) string {
	if c.Name.Empty() {
		return c.Value
	}
	return c.Name.In(l)
}

// bare leaves out the decimals of a whole sum: the choices have none.
func bare(value string) string {
	whole, rest, point := strings.Cut(value, ".")
	if point && strings.Trim(rest, "0") == "" && strings.Trim(whole, "0123456789") == "" {
		return whole
	}
	return value
}

// What the screen says of a change.
var (
	Colon         = Text{": ", "："}
	SettingEmpty  = Text{"(empty)", "（空）"}
	SettingNow    = Text{"Counts at once", "立即生效"}
	SettingLater  = Text{"Counts from the next start", "下次启动后生效"}
	SettingSaved  = Text{"Saved", "已保存"}
	SettingSaving = Text{"Saving …", "正在保存…"}
	SettingFailed = Text{"Not saved: check the file and the disk", "未保存，请检查配置文件和磁盘"}
	SettingFixed  = Text{"Shown only: whoever set the terminal up changes it in the file", "此处仅供查看，由安装人员在配置文件中修改"}
	SettingsHead  = Text{"# What was changed on the settings screen of vpos.", "# 在 vpos 设置界面更改的内容。"}
	SettingInFile = Sentence{Text{"in %s", "文件：%s"}}
)

func onOff(on, off Text) []Choice { return []Choice{{"true", on}, {"false", off}} }

var (
	yes   = Text{"on", "开"}
	no    = Text{"off", "关"}
	limit = Text{"no limit", "不限"}
	auto  = Text{"automatic", "自动"}
	zh    = Text{"Chinese", "中文"}
	en    = Text{"English", "英文"}
	both  = Text{"both", "中英文"}
)

// values are choices without names of their own, but for nought.
func values(nought Text, list ...string) []Choice {
	out := make([]Choice, len(list))
	for i, v := range list {
		out[i] = Choice{Value: v}
		if v == "0" || v == "0s" {
			out[i].Name = nought
		}
	}
	return out
}
