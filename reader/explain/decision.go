package explain

import (
	"strings"

	"vpos/reader/emv"
)

// Decisions explains what the kernel decided, in the order it did: a phase as an
// item, its decisions below it, and under each the bits it set.
func Decisions(list []emv.Decision) []Item {
	var out []Item
	for _, d := range list {
		if len(out) == 0 || out[len(out)-1].Code != string(d.Phase) {
			out = append(out, Item{Code: string(d.Phase), Title: phases[d.Phase]})
		}
		last := &out[len(out)-1]
		last.Children = append(last.Children, decision(d))
	}
	return out
}

func decision(d emv.Decision) Item {
	item := Item{Code: string(d.Rule), Title: rules[d.Rule], Value: clean(d.Detail)}
	if item.Title.empty() {
		item.Title = Words{string(d.Rule), string(d.Rule)}
	}
	for _, set := range []struct {
		name  string
		value []byte
		read  func([]byte) (Item, error)
	}{{"TVR", d.TVR[:], TVR}, {"TSI", d.TSI[:], TSI}} {
		bits, err := set.read(set.value)
		if err != nil {
			continue
		}
		for _, b := range bits.Children {
			b.Code = set.name + " " + b.Code
			item.Children = append(item.Children, b)
		}
	}
	return item
}

// clean keeps what a terminal may be shown of a detail: printable, and not long.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7F {
			return -1
		}
		return r
	}, s)
	if r := []rune(s); len(r) > maxDetail {
		return string(r[:maxDetail]) + "…"
	}
	return s
}

const maxDetail = 60

var phases = map[emv.Phase]Words{
	emv.PhaseSelect:   {"Choosing the application", "应用选择"},
	emv.PhaseInitiate: {"Starting the application", "应用初始化"},
	emv.PhaseRead:     {"Reading the card", "读取应用数据"},
	emv.PhaseODA:      {"Is the card genuine?", "脱机数据认证"},
	emv.PhaseRestrict: {"May it be used here and now?", "处理限制"},
	emv.PhaseCVM:      {"Is this the cardholder?", "持卡人验证"},
	emv.PhaseRisk:     {"The terminal's own caution", "终端风险管理"},
	emv.PhaseAction:   {"Approve, decline, or ask the bank?", "终端行为分析"},
	emv.PhaseCrypto:   {"The card's answer", "卡片行为分析"},
	emv.PhaseOnline:   {"The bank's answer", "联机处理"},
	emv.PhaseScript:   {"The bank's commands to the card", "发卡行脚本"},
	emv.PhaseComplete: {"The card's last word", "交易结束"},
}

var rules = map[emv.Rule]Words{
	emv.RulePSEUsed:       {"The card has a directory; it is used.", "卡片有支付系统环境，使用其目录。"},
	emv.RulePSEBad:        {"Its directory cannot be read; the terminal tries its own list.", "目录无法读取，改用终端应用列表。"},
	emv.RulePSEAbsent:     {"It has no directory; the terminal tries its own list.", "卡片没有目录，改用终端应用列表。"},
	emv.RulePSEBlocked:    {"Its directory is blocked; the terminal tries its own list.", "目录被锁定，改用终端应用列表。"},
	emv.RulePSEEmpty:      {"Nothing of the directory is known here; the terminal tries its own list.", "目录中没有终端支持的应用，改用终端应用列表。"},
	emv.RuleCardBlocked:   {"The issuer has blocked the card.", "卡片已被发卡行锁定。"},
	emv.RuleCandidate:     {"An application both know.", "双方都支持的应用。"},
	emv.RuleAIDBlocked:    {"This application is blocked.", "该应用已被锁定。"},
	emv.RuleAIDExact:      {"A longer name than the terminal accepts.", "应用名称长于终端接受的长度。"},
	emv.RuleNoCandidate:   {"No application is left.", "没有可用的应用。"},
	emv.RuleConfirm:       {"The cardholder must agree to this application.", "该应用须经持卡人确认。"},
	emv.RuleChosen:        {"This application is used.", "使用该应用。"},
	emv.RuleDropped:       {"It did not start and is left out.", "应用启动失败，已排除。"},
	emv.RuleLanguage:      {"The cardholder's language.", "持卡人语言。"},
	emv.RuleFormat1:       {"The card answered in format 1.", "卡片以格式1应答。"},
	emv.RuleFormat2:       {"The card answered in format 2.", "卡片以格式2应答。"},
	emv.RuleBadData:       {"Something is missing, doubled or malformed: the transaction ends.", "数据缺失、重复或格式错误，交易终止。"},
	emv.RuleBadStatus:     {"The card answered with a status nobody expects: the transaction ends.", "卡片返回意外状态，交易终止。"},
	emv.RuleAFL:           {"The records to read.", "需要读取的记录。"},
	emv.RuleUnknownTag:    {"Data nobody asked for, passed over.", "忽略未知数据。"},
	emv.RuleNoMethod:      {"Card and terminal share no way to prove it offline.", "双方没有共同的脱机认证方式。"},
	emv.RuleSDA:           {"Its data are signed by the issuer (SDA).", "静态数据认证 (SDA)。"},
	emv.RuleDDA:           {"The card signed a fresh number (DDA).", "动态数据认证 (DDA)。"},
	emv.RuleCDA:           {"The card signs its answer (CDA).", "复合动态数据认证 (CDA)。"},
	emv.RuleVersion:       {"Another version of the application than the terminal's.", "应用版本与终端不一致。"},
	emv.RuleUsage:         {"The card may not be used for this here.", "卡片不允许在此处用于该交易。"},
	emv.RuleEffective:     {"The card is not valid yet.", "卡片尚未生效。"},
	emv.RuleExpiry:        {"The card has expired.", "卡片已过期。"},
	emv.RuleCVMOff:        {"The card does not ask who the cardholder is.", "卡片不支持持卡人验证。"},
	emv.RuleCVMList:       {"The card has no list of methods.", "卡片没有持卡人验证方法列表。"},
	emv.RuleCVMSkip:       {"Its condition does not hold: the next method.", "条件不满足，跳到下一方法。"},
	emv.RuleCVMUnknown:    {"A method nobody knows.", "未知的验证方法。"},
	emv.RuleCVMCannot:     {"A method this terminal does not have.", "终端不支持该验证方法。"},
	emv.RuleCVMFail:       {"The method failed.", "验证失败。"},
	emv.RuleCVMDone:       {"The method did.", "验证完成。"},
	emv.RuleCVMEnd:        {"No method was left.", "没有其他验证方法。"},
	emv.RulePINTries:      {"PIN tries left on the card.", "卡片剩余密码次数。"},
	emv.RulePINBypass:     {"The PIN was passed over.", "跳过了密码输入。"},
	emv.RulePINPad:        {"There is no PIN device, or it does not work.", "没有密码键盘或无法工作。"},
	emv.RulePINKey:        {"The key to encipher the PIN cannot be recovered.", "无法恢复密码加密公钥。"},
	emv.RulePINWrong:      {"The PIN was wrong.", "密码错误。"},
	emv.RulePINGood:       {"The PIN was right.", "密码正确。"},
	emv.RulePINBlocked:    {"The PIN is blocked: too many tries.", "密码已锁定，次数超限。"},
	emv.RuleRiskOff:       {"The card does not ask for the terminal's caution.", "卡片不要求终端风险管理。"},
	emv.RuleRisk:          {"Done.", "已完成。"},
	emv.RuleException:     {"The card is on the list of cards not to accept.", "卡片在例外文件中。"},
	emv.RuleFloor:         {"The amount is at or above the floor limit.", "金额达到或超过最低限额。"},
	emv.RuleRandom:        {"Chosen at random to ask the bank.", "被随机选中联机。"},
	emv.RuleVelocity:      {"Too many sales without the bank in a row.", "连续脱机次数超限。"},
	emv.RuleNewCard:       {"A card that has never been online.", "新卡，从未联机。"},
	emv.RuleForced:        {"The merchant wants the bank to be asked.", "商户要求联机。"},
	emv.RuleDenial:        {"A bit set above is in the denial codes: decline.", "满足拒绝行为代码，拒绝。"},
	emv.RuleOnline:        {"A bit set above is in the online codes: ask the bank.", "满足联机行为代码，请求联机。"},
	emv.RuleDefault:       {"The bank cannot be reached, and a bit set above is in the default codes: decline.", "无法联机且满足缺省行为代码，拒绝。"},
	emv.RuleOnlineOnly:    {"This terminal always asks the bank.", "终端仅支持联机。"},
	emv.RuleOfflineOnly:   {"This terminal never asks the bank.", "终端仅支持脱机。"},
	emv.RuleNone:          {"Nothing speaks against it.", "没有触发任何行为代码。"},
	emv.RuleTDOL:          {"The terminal's default TDOL was used.", "使用了终端缺省 TDOL。"},
	emv.RuleAsked:         {"The terminal asked for this cryptogram.", "终端请求的应用密文。"},
	emv.RuleAnswered:      {"The card gave this cryptogram.", "卡片返回的应用密文。"},
	emv.RuleHost:          {"What the bank said.", "银行应答。"},
	emv.RuleIssuerAuth:    {"The card believes that the bank itself answered.", "发卡行认证成功。"},
	emv.RuleIssuerBad:     {"The card does not believe that the bank itself answered.", "发卡行认证失败。"},
	emv.RuleScript:        {"The card obeyed a command of the bank.", "发卡行脚本执行成功。"},
	emv.RuleScriptBad:     {"The card refused a command of the bank.", "发卡行脚本执行失败。"},
	emv.RuleScriptRefused: {"A script of the bank cannot be read.", "发卡行脚本无法解析。"},
	emv.RuleTorn:          {"The card was taken out.", "卡片被拔出。"},
	emv.RuleCancelled:     {"Cancelled.", "已取消。"},
	emv.RuleMisuse:        {"The terminal lost the thread: the transaction ends.", "终端状态异常，交易终止。"},
	emv.RuleRefused:       {"The card declined what the bank approved: the money goes back.", "银行已批准但卡片拒绝，交易将冲正。"},
}
