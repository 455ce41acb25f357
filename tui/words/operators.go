package words

import (
	"vpos/txn"
	"vpos/txn/staff"
)

// What can be wrong with a change of the operators, each with the next step.
var (
	OperatorNone     = Failure{"operator.none", false, Advice{Text{"There are no operators yet", "尚未设置操作员"}, Text{"Add a supervisor first: vpos operator add 01 --name NAME --role supervisor", "请先添加主管：vpos operator add 01 --name 姓名 --role supervisor"}}}
	OperatorUnknown  = Failure{"operator.unknown", false, Advice{Text{"There is no such operator", "没有该操作员"}, Text{"vpos operator list names them all.", "用 vpos operator list 查看全部操作员。"}}}
	OperatorTaken    = Failure{"operator.taken", false, Advice{Text{"The number is another operator's", "该操作员号已被使用"}, Text{"Choose a free one; vpos operator list names those in use.", "请换一个号码；用 vpos operator list 查看已用号码。"}}}
	OperatorNumber   = Failure{"operator.number", false, Advice{Text{"An operator's number has two digits", "操作员号应为两位数字"}, Text{"For example: vpos operator add 02 --name NAME --role cashier", "例如：vpos operator add 02 --name 姓名 --role cashier"}}}
	OperatorName     = Failure{"operator.name", false, Advice{Text{"The name cannot be used", "姓名不可用"}, Text{"Say --name with 1 to 24 letters or characters, no card number.", "请用 --name 给出 1 至 24 个字，不得含卡号。"}}}
	OperatorRole     = Failure{"operator.role", false, Advice{Text{"There is no such role", "没有这种角色"}, Text{"Say --role cashier or --role supervisor.", "请用 --role cashier（收银员）或 --role supervisor（主管）。"}}}
	OperatorFirst    = Failure{"operator.first", false, Advice{Text{"The first operator must be a supervisor", "第一位操作员必须是主管"}, Text{"Say --role supervisor: somebody must be able to add the others.", "请用 --role supervisor，否则无人能添加其他操作员。"}}}
	OperatorShift    = Failure{"operator.shift", false, Advice{Text{"The operator has a shift open", "该操作员尚未交班"}, Text{"Hand over first; where they have left, reset the PIN and do it for them.", "请先交班；本人已离开时，可重设密码后代为交班。"}}}
	OperatorLast     = Failure{"operator.last", false, Advice{Text{"The last supervisor cannot be removed", "不能删除最后一位主管"}, Text{"Add another supervisor first: vpos operator add", "请先添加另一位主管：vpos operator add"}}}
	OperatorWeak     = Failure{"operator.weak", false, Advice{Text{"The PIN is too easy to guess", "密码过于简单"}, Text{"Choose four to six digits: not all alike, no run like 1234, not the operator's number, not the old PIN.", "请设 4 至 6 位数字，不得全部相同、连号，不得用操作员号或旧密码。"}}}
	OperatorDiffers  = Failure{"operator.differs", false, Advice{Text{"The two PINs differ", "两次密码不一致"}, Text{"Nothing was changed. Start again and type the same one twice.", "未作更改。请重新开始，两次输入相同的密码。"}}}
	OperatorStopped  = Failure{"operator.stopped", false, Advice{Text{"Stopped before it was done", "已中止，操作未完成"}, Text{"Start the command again when you are ready.", "准备好后请重新执行命令。"}}}
	OperatorNotSuper = Failure{"operator.not-super", false, Advice{Text{"Only a supervisor can change the operators", "只有主管可以更改操作员"}, Text{"Start again and let a supervisor type number and PIN.", "请重新开始，由主管输入操作员号和密码。"}}}
	OperatorNoStore  = Failure{"operator.no-store", false, Advice{Text{"The operators cannot be read or written", "操作员资料无法读写"}, Text{"Check the disk and the folder, then try again: vpos journal verify looks for damage.", "请检查磁盘和文件夹后重试，可用 vpos journal verify 检查日志是否损坏。"}}}
)

// A PIN that was wrong, and a lock: the arguments are tries, a time and a number.
var (
	OperatorWrong      = Sentence{Text{"The PIN is wrong: %d tries left", "密码错误，还可尝试 %d 次"}}
	OperatorWrongNext  = Text{"Start the command again. After five wrong PINs the operator is locked for 30 minutes.", "请重新执行命令。连续输错 5 次将锁定 30 分钟。"}
	OperatorLocked     = Sentence{Text{"Operator %s is locked until %s", "操作员 %s 已锁定至 %s"}}
	OperatorLockedNext = Text{"Wait until then, or let another supervisor unlock: vpos operator unlock", "请等到该时间，或由另一位主管解锁：vpos operator unlock"}
)

// What the commands about operators ask and say.
var (
	OperatorWho      = Text{"Supervisor's number:", "主管操作员号："}
	OperatorPIN      = Sentence{Text{"PIN of operator %s (not shown):", "操作员 %s 的密码（不显示）："}}
	OperatorChoose   = Sentence{Text{"New PIN for operator %s, four to six digits (not shown):", "操作员 %s 的新密码，4 至 6 位数字（不显示）："}}
	OperatorRepeat   = Text{"The same PIN again:", "请再输入一次密码："}
	OperatorFresh    = Text{"This PIN was given by somebody else. Choose one of your own first.", "此密码由他人设定，请先设置自己的密码。"}
	OperatorAdded    = Sentence{Text{"Added: operator %s. The first sign-in asks for a PIN of their own.", "已添加操作员 %s。首次登录时须设置自己的密码。"}}
	OperatorRemoved  = Sentence{Text{"Removed: operator %s. What they did stays in the audit.", "已删除操作员 %s，其操作记录保留在审计中。"}}
	OperatorReset    = Sentence{Text{"Reset: operator %s. The next sign-in asks for a PIN of their own.", "已重置操作员 %s 的密码。下次登录时须设置自己的密码。"}}
	OperatorUnlocked = Sentence{Text{"Unlocked: operator %s.", "已解锁操作员 %s。"}}
	OperatorFew      = Text{"There is one supervisor only: if that PIN is forgotten, nobody can change the operators. Add a second one.", "目前只有一位主管，一旦忘记密码就无人能更改操作员。请再添加一位主管。"}
)

// The lines of the list.
var (
	operatorFirstPIN = Text{"first PIN", "初始密码"}
	operatorReady    = Text{"ready", "正常"}
	operatorTries    = Sentence{Text{"wrong PINs: %d", "输错 %d 次"}}
	operatorUntil    = Sentence{Text{"locked until %s", "锁定至 %s"}}
	roles            = map[txn.Role]Text{txn.Cashier: {"cashier", "收银员"}, txn.Supervisor: {"supervisor", "主管"}}
)

// Role is what a role is called.
func Role(r txn.Role) Text {
	if t, ok := roles[r]; ok {
		return t
	}
	return Text{string(r), string(r)}
}

// OperatorState says whether an operator can sign in; until is the end of a lock, empty
// where there is none.
func OperatorState(l Lang, o *staff.Operator, until string) string {
	switch {
	case until != "":
		return operatorUntil.Fill(l, until)
	case o.Fails > 0:
		return operatorTries.Fill(l, o.Fails)
	case o.Fresh:
		return operatorFirstPIN.In(l)
	}
	return operatorReady.In(l)
}

// ActWidth is the cells of the longest act, in either language.
const ActWidth = 16

// acts are what the rows of the audit say.
var acts = map[staff.Act]Text{
	staff.Added:     {"added", "添加操作员"},
	staff.Removed:   {"removed", "删除操作员"},
	staff.Reset:     {"PIN reset", "重置密码"},
	staff.Unlocked:  {"unlocked", "解锁"},
	staff.Chosen:    {"PIN chosen", "修改密码"},
	staff.Try:       {"PIN entered", "输入密码"},
	staff.SignedIn:  {"signed in", "登录"},
	staff.SignedOut: {"signed out", "退出"},
	staff.Idle:      {"locked, idle", "闲置锁定"},
	staff.Wrong:     {"wrong PIN", "密码错误"},
	staff.LockedOut: {"locked out", "输错锁定"},
	staff.Refused:   {"not let pass", "未予通过"},
	staff.LetPass:   {"let pass", "授权通过"},
	staff.Managing:  {"manages staff", "管理操作员"},
	staff.Float:     {"float", "备用金"},
	staff.Count:     {"cash count", "现金清点"},
	staff.Setting:   {"setting", "修改设置"},
}

// Act is what an act of the audit is called.
func Act(a staff.Act) Text {
	if t, ok := acts[a]; ok {
		return t
	}
	return Text{string(a), string(a)}
}

// What is beside an act in the list of the audit.
var (
	AuditNone = Text{"The audit is empty.", "暂无审计记录。"}
	AuditMore = Sentence{Text{"… %d more: vpos audit list --all", "… 还有 %d 条：vpos audit list --all"}}
	auditBy   = Sentence{Text{"by %s", "经办：%s"}}
	auditFor  = Sentence{Text{"asked by %s: %s", "申请：%s %s"}}
)

// AuditDetail is what a row says beside its act: who did it, or who asked for what, or
// how much.
func AuditDetail(l Lang, r *staff.Row) string {
	switch {
	case r.Act == staff.Setting && r.By != "":
		return string(r.Kind) + "  " + auditBy.Fill(l, r.By)
	case r.Kind == txn.Kind(txn.Settings):
		return auditFor.Fill(l, r.By, ForState(txn.Settings).Title.In(l))
	case r.Kind != "" && r.By != "":
		return auditFor.Fill(l, r.By, Kind(r.Kind).In(l))
	case r.Kind != "":
		return Kind(r.Kind).In(l)
	case r.By != "":
		return auditBy.Fill(l, r.By)
	case r.Act == staff.Float || r.Act == staff.Count:
		return r.Amount.String()
	}
	return ""
}
