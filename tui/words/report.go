package words

// What the report command says when it fails.
var (
	NothingSettled   = Failure{"report.nothing-settled", false, Advice{Text{"No batch has been settled yet", "还没有结算过的批次"}, Text{"Settle first; the open batch has an X report: vpos report x", "请先结算；未结算的批次请用 vpos report x。"}}}
	BatchNotClosed   = Failure{"report.not-closed", false, Advice{Text{"That batch is not settled", "该批次未结算"}, Text{"A Z report is of a settled batch; the open one has an X report: vpos report x", "Z 报表只用于已结算的批次；未结算的批次请用 vpos report x。"}}}
	ReportUnwritable = Failure{"report.unwritable", false, Advice{Text{"The file cannot be written", "文件无法写入"}, Text{"Name a file that is not there yet, in a folder you may write to.", "请换一个尚不存在的文件名，并确认文件夹可写。"}}}
)
