package words

import (
	"strings"

	"vpos/txn"
)

// ForConfig is the sentence for a problem of a configuration file. The codes and
// their arguments are those of package config.
func ForConfig(code txn.Code, key, got, want string) Text {
	t, ok := configProblems[code]
	if !ok {
		return Text{string(code) + " " + got + " " + want, string(code) + " " + got + " " + want}
	}
	if code == "config.unknown-key" && want == "" {
		t = Text{"no such key", "没有这个键"}
	}
	fill := strings.NewReplacer("{key}", key, "{got}", got, "{want}", want)
	return Text{fill.Replace(t.EN), fill.Replace(t.ZH)}
}

// configProblems are the sentences; {key}, {got} and {want} stand for the
// arguments.
var configProblems = map[txn.Code]Text{
	"config.file":            {"cannot read {got}: {want}", "无法读取 {got}：{want}"},
	"config.file-missing":    {"there is no file {got}", "没有文件 {got}"},
	"config.file-denied":     {"no permission to read {got}", "没有权限读取 {got}"},
	"config.too-large":       {"the file has more than {want} bytes", "文件超过 {want} 字节"},
	"config.not-text":        {"this is no {want} text; save the file as {want}", "不是 {want} 文本；请把文件存为 {want}"},
	"config.altered":         {"the file was changed outside the settings screen; delete line {want} to accept it as it is", "文件在设置界面之外被更改；如要接受，请删除第 {want} 行"},
	"config.too-many":        {"more than {want} problems; mend these first", "问题超过 {want} 个；请先改正以上各项"},
	"config.syntax":          {"this line is not TOML: {got}", "此行不合 TOML 格式：{got}"},
	"config.unquoted":        {"text stands in quotes: {want}", "文字须加引号：{want}"},
	"config.unknown-key":     {"no such key; did you mean {want}?", "没有这个键；是否应为 {want}？"},
	"config.duplicate-key":   {"given already in line {got}; keep one", "第 {got} 行已写过；请只留一处"},
	"config.type":            {"wrong type ({got}); write it as {want}", "类型不对（{got}）；应写作 {want}"},
	"config.word":            {"{got} is not one of {want}", "{got} 不可用；可选 {want}"},
	"config.length":          {"{got} characters; it must have {want}", "现有 {got} 个字符；应为 {want} 个"},
	"config.character":       {"{got} is not allowed here; allowed: {want}", "不可使用 {got}；可用 {want}"},
	"config.range":           {"{got} is out of range {want}", "{got} 超出范围 {want}"},
	"config.duration":        {"{got} is no time span; write it as {want}", "{got} 不是时长；应写作 {want}"},
	"config.amount":          {"{got} is no amount; write it as {want}", "{got} 不是金额；应写作 {want}"},
	"config.decimals":        {"{got} has too many decimals; this currency has {want}", "{got} 小数位过多；该币种为 {want} 位"},
	"config.currency":        {"{got} is no currency known here; known: {want}", "不认识币种 {got}；可用 {want}"},
	"config.address":         {"{got} is no address; write it as {want}", "{got} 不是地址；应写作 {want}"},
	"config.port":            {"port {got} is not in {want}", "端口 {got} 不在 {want} 之内"},
	"config.name":            {"{got} is no host name; write it as {want}", "{got} 不是主机名；应写作 {want}"},
	"config.profile":         {"{want}", "有误：{want}"},
	"config.profile.empty":   {"the file is empty; it begins with {want}", "文件是空的；开头应为 {want}"},
	"config.profile.clash":   {"{got} on the wire stands for {want}, which mean different things; give each its own", "报文中的 {got} 同时表示 {want}，含义不同；请各用各的代码"},
	"config.profile.law":     {"the message must have {got}: put ! behind those fields", "报文必须含 {got}：请在这些域号后加 !"},
	"config.profile.mac":     {"the message must have a MAC, as keys.mac says; add that field", "已设 keys.mac，报文必须带 MAC；请加上该域"},
	"config.profile.room":    {"{got} is more than one message of the upload holds: {want}", "{got} 超出一个批上送报文的容量：{want}"},
	"config.profile.missing": {"this must be there", "必须填写"},
	"config.needs":           {"this is no use without {want}; give that too", "须同时填写 {want}"},
	"config.less":            {"{got} is less than {want}", "{got} 小于 {want}"},
	"config.inline-secret":   {"a private key does not belong here; name its file: {want}", "此处不可写私钥；请写文件名：{want}"},
	"config.certificate":     {"{got} holds no PEM certificate", "{got} 中没有 PEM 证书"},
	"config.key-pair":        {"the key does not belong to the certificate in {want}", "私钥与 {want} 的证书不匹配"},
	"config.live.missing":    {"a live terminal must have {key}", "实时收款必须填写 {key}"},
	"config.live.embedded":   {"the embedded host is for training only; give the acquirer's: {want}", "内置主机仅限培训；请填写收单主机：{want}"},
	"config.live.plain":      {"live takes no plain TCP; give the CA of the host: {want}", "实时收款不可用明文 TCP；请填写主机的 CA：{want}"},
	"config.live.training":   {"this is the training terminal's; give the acquirer's own", "这是培训用编号；请填写收单机构分配的编号"},
	"config.live.unsaid":     {"type one of these sentences here: {want}", "请在此键入下列语句之一：{want}"},
	"config.live.said-amiss": {"this is not the sentence asked for; type one of: {want}", "语句不符；请键入下列之一：{want}"},
}
