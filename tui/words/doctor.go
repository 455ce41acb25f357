package words

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"vpos/txn/health"
)

// ForFinding is what was found and what to do about it; for an unknown code, its own
// name. What is good needs no next step.
func ForFinding(c health.Code) Advice {
	if a, ok := findings[c]; ok {
		return a
	}
	if c.IsLate() {
		return Advice{Text{"No answer in time", "检查超时未完成"}, Text{"Check again; if it stays, look at this device.", "请重新检查；如仍超时，请查看该设备。"}}
	}
	return Advice{Headline: Text{string(c), string(c)}}
}

// Device is what a subject of the device check is called, in at most eleven cells.
func Device(s health.Subject) Text {
	if t, ok := devices[s]; ok {
		return t
	}
	return Text{string(s), string(s)}
}

var devices = map[health.Subject]Text{
	health.Reader:   {"Reader", "读卡器"},
	health.Printer:  {"Printer", "打印机"},
	health.Link:     {"Host", "主机线路"},
	health.Clock:    {"Clock", "时钟"},
	health.Disk:     {"Disk", "磁盘"},
	health.Folder:   {"Data folder", "数据文件夹"},
	health.Keychain: {"Keychain", "钥匙串"},
	health.Journal:  {"Journal", "交易日志"},
	health.Screen:   {"Screen", "屏幕"},
	health.Program:  {"Program", "程序"},
	health.Dumps:    {"Core dumps", "内存转储"},
}

// OutcomeSign is an outcome's sign, which tells it without colour, and OutcomeWord its
// word.
func OutcomeSign(o health.Outcome) string {
	return [...]string{health.NotApplicable: "–", health.Good: "✓", health.Warning: "!", health.Fault: "✗"}[o]
}

// OutcomeWord names an outcome.
func OutcomeWord(o health.Outcome) Text {
	return [...]Text{
		health.NotApplicable: {"not checked", "未检查"}, health.Good: {"good", "正常"},
		health.Warning: {"warning", "注意"}, health.Fault: {"fault", "故障"},
	}[o]
}

// The sentences of the device check as a whole.
var (
	DoctorRunning = Sentence{Text{"Checking: %d of %d", "正在检查：%d / %d"}}
	DoctorGood    = Sentence{Text{"Checked: %d, all good", "已检查 %d 项，一切正常"}}
	DoctorFaults  = Sentence{Text{"Faults: %d, warnings: %d", "故障 %d 项，注意 %d 项"}}
)

// DoctorSummary says how a whole check came out.
func DoctorSummary(list []health.Finding, l Lang) string {
	var n [health.Fault + 1]int
	for _, f := range list {
		n[f.Outcome]++
	}
	if n[health.Fault]+n[health.Warning] == 0 {
		return DoctorGood.Fill(l, n[health.Good])
	}
	return DoctorFaults.Fill(l, n[health.Fault], n[health.Warning])
}

// FindingLine is a finding in one line, for the dialogue and the command.
func FindingLine(f health.Finding, l Lang) string {
	line := OutcomeSign(f.Outcome) + " " + Device(f.Subject()).In(l) + " · " + ForFinding(f.Code).Headline.In(l)
	if figures := Figures(f, l); figures != "" {
		line += " · " + figures
	}
	return line
}

// Figures are a finding's figures in a line; empty for none.
func Figures(f health.Finding, l Lang) string {
	parts := make([]string, 0, len(f.Figures))
	for _, one := range f.Figures {
		parts = append(parts, FigureText(one, l))
	}
	return strings.Join(parts, " · ")
}

// FigureText is one figure with its name. Outside text in it is made harmless.
func FigureText(f health.Figure, l Lang) string {
	name, ok := measures[f.Name]
	if !ok {
		name = Text{string(f.Name), string(f.Name)}
	}
	value := Outside(f.Text)
	if f.Text == "" {
		value = amountOf(f, l)
	}
	if name.In(l) == "" {
		return value
	}
	return name.In(l) + " " + value
}

// amountOf writes a number in the unit its name goes with.
func amountOf(f health.Figure, l Lang) string {
	switch name := string(f.Name); {
	case strings.HasSuffix(name, "_bytes"):
		return bytesText(f.Number)
	case strings.HasSuffix(name, "_us"):
		return spanText(time.Duration(f.Number) * time.Microsecond)
	case strings.HasSuffix(name, "_s"):
		return signedSpan(f.Number, l)
	}
	return strconv.FormatInt(f.Number, 10)
}

func bytesText(n int64) string {
	const step = 1024
	units := []string{"B", "KB", "MB", "GB", "TB"}
	value, unit := float64(n), 0
	for value >= step && unit < len(units)-1 {
		value, unit = value/step, unit+1
	}
	if unit == 0 {
		return fmt.Sprintf("%d B", n)
	}
	return fmt.Sprintf("%.1f %s", value, units[unit])
}

func spanText(d time.Duration) string {
	if d < time.Second {
		return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000)
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}

// signedSpan is a difference of clocks, in the largest unit that says it.
func signedSpan(seconds int64, l Lang) string {
	unit, n := Text{"s", "秒"}, seconds
	switch {
	case seconds/3600 != 0:
		unit, n = Text{"h", "小时"}, seconds/3600
	case seconds/60 != 0:
		unit, n = Text{"min", "分钟"}, seconds/60
	}
	return fmt.Sprintf("%+d %s", n, unit.In(l))
}

var measures = map[health.Measure]Text{
	health.Readers:   {"readers", "读卡器"},
	health.Cards:     {"with a card", "已插卡"},
	health.Free:      {"free", "剩余"},
	health.Write:     {"write", "写入"},
	health.Connect:   {"connect", "连接"},
	health.RoundTrip: {"answer", "应答"},
	health.TLS:       {"", ""},
	health.Peer:      {"certificate", "证书"},
	health.Expires:   {"valid to", "有效期至"},
	health.Offset:    {"host", "主机相差"},
	health.Jump:      {"jumped", "跳变"},
	health.Columns:   {"columns", "列"},
	health.Lines:     {"lines", "行"},
	health.Ambiguous: {"width of ─", "─ 的宽度"},
	health.Test:      {"compare", "请比较"},
	health.Records:   {"rows", "记录"},
	health.Head:      {"head", "链尾"},
	health.Pending:   {"to reverse", "待冲正"},
	health.Owed:      {"slips owed", "缺单"},
	health.Batch:     {"in the batch", "本批次"},
	health.BatchMax:  {"of", "上限"},
	health.Exposed:   {"files", "文件"},
	health.Version:   {"version", "版本"},
	health.Built:     {"", ""},
	health.SHA256:    {"SHA-256", "SHA-256"},
	health.First:     {"since", "首见"},
	health.Answer:    {"code", "应答码"},
}
