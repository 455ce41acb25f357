package words

import (
	"strings"

	"vpos/txn"
)

// What the goods commands say.

// What can be wrong, each with the next step.
var (
	GoodsNone       = Failure{"goods.none", false, Advice{Text{"There are no goods yet", "尚无商品"}, Text{"Save a sheet with the columns code,zh,en,price as CSV, then: vpos goods import FILE", "请将含 code,zh,en,price 四列的表格存为 CSV，再执行：vpos goods import FILE"}}}
	GoodsUnreadable = Failure{"goods.unreadable", false, Advice{Text{"The list of goods cannot be read", "商品表无法读取"}, Text{"Check the name and the right to read it. Nothing was changed.", "请核对文件名和读取权限。未作更改。"}}}
	GoodsUnwritable = Failure{"goods.unwritable", false, Advice{Text{"The list of goods cannot be written", "商品表无法写入"}, Text{"Check the disk and the folder. The old list is still there.", "请检查磁盘和文件夹。原商品表仍在。"}}}
	GoodsMend       = Text{"Mend these, then import again: vpos goods import FILE. Nothing was changed.", "请改正后重新导入：vpos goods import FILE。未作更改。"}
)

// What is said when it is done.
var (
	GoodStored    = Sentence{Text{"%s %s costs %s", "%s %s 单价 %s"}}
	GoodGone      = Sentence{Text{"%s %s is taken out", "%s %s 已删除"}}
	GoodsImported = Sentence{Text{"Imported %d goods; the list of before is replaced.", "已导入 %d 种商品，原商品表已替换。"}}
	GoodsCount    = Sentence{Text{"%d goods", "共 %d 种商品"}}
	goodsLine     = Sentence{Text{"line %d", "第 %d 行"}}
	goodsColumn   = Sentence{Text{", column %s", "，%s 列"}}
)

// goodsProblems are what can be wrong with a list; {got} and {want} are filled in.
var goodsProblems = map[txn.Code]Text{
	"goods.too-large": {"the file has more than {want} bytes; take out what is not sold", "文件超过 {want} 字节；请删去不售的商品"},
	"goods.too-many":  {"more than {want} goods; take out what is not sold", "商品超过 {want} 种；请删去不售的商品"},
	"goods.not-text":  {"this is no UTF-8 or GB18030 text; save the sheet as CSV UTF-8", "不是 UTF-8 或 GB18030 文本；请将表格存为 CSV UTF-8"},
	"goods.head":      {"the first line does not name this column; begin the file with {want}", "首行缺少此列；首行应为 {want}"},
	"goods.altered":   {"somebody or something changed the list outside vpos; look at it, then: vpos goods import {want}", "商品表在 vpos 之外被改动；请核对后执行：vpos goods import {want}"},
	"goods.quotes":    {"a quotation mark is missing or stands alone; write \" as \"\" within quotes", "引号不成对；引号内的 \" 应写作 \"\""},
	"goods.fields":    {"{got} fields instead of {want}; put a field with a comma in quotes", "有 {got} 列，应为 {want} 列；含逗号的内容须加引号"},
	"goods.code":      {"{got} is no code: 1 to 13 digits, such as {want}", "{got} 不是编码：应为 1 至 13 位数字，如 {want}"},
	"goods.duplicate": {"{got} stands in line {want} already; keep one", "{got} 与第 {want} 行重复；请只留一处"},
	"goods.no-name":   {"no name; fill in zh or en", "没有名称；请填 zh 或 en"},
	"goods.name":      {"{got} cannot be printed: at most {want} characters, none of = + - @ first, no card number", "{got} 无法打印：最多 {want} 个字，不以 = + - @ 开头，不得含卡号"},
	"goods.price":     {"{got} is no price; write it as {want}", "{got} 不是单价；应写作 {want}"},
	"goods.dear":      {"{got} is more than {want}", "{got} 超过 {want}"},
}

// GoodsProblem is what is wrong in a place of a list: line 3, column price: … Line is zero
// where it is the whole file, column empty where it is the whole line.
func GoodsProblem(l Lang, line int, column string, code txn.Code, got, want string) string {
	where := ""
	if line > 0 {
		where = goodsLine.Fill(l, line)
		if column != "" {
			where += goodsColumn.Fill(l, column)
		}
		where += Text{": ", "："}.In(l)
	}
	if got == "" {
		got = Text{"nothing", "空白"}.In(l)
	}
	return where + strings.NewReplacer("{got}", got, "{want}", want).Replace(goodsProblems[code].In(l))
}

// GoodName is what a good is called, in the other language where it has no name in this.
func GoodName(g txn.Good, l Lang) string {
	if l == ZH && g.ZH != "" || g.EN == "" {
		return g.ZH
	}
	return g.EN
}
