package words

// What the backup commands say.

// What can be wrong with a backup, each with the next step.
var (
	BackupNone       = Failure{"backup.none", false, Advice{Text{"This is no backup of vpos", "不是 vpos 的备份文件"}, Text{"Name the file that vpos backup create made.", "请指定由 vpos backup create 生成的文件。"}}}
	BackupPassphrase = Failure{"backup.passphrase", false, Advice{Text{"The passphrase is another one, or the file is damaged", "口令不对，或文件已损坏"}, Text{"Type the passphrase the backup was made with.", "请输入制作备份时的口令。"}}}
	BackupDamaged    = Failure{"backup.damaged", false, Advice{Text{"The backup is damaged", "备份已损坏"}, Text{"Nothing was restored. Use another copy of it, or an older backup.", "未恢复任何内容。请用另一份副本或更早的备份。"}}}
	BackupExists     = Failure{"backup.exists", false, Advice{Text{"There is such a file already", "文件已存在"}, Text{"Choose another name, or say --overwrite.", "请换一个文件名，或加 --overwrite。"}}}
	BackupTarget     = Failure{"backup.target", false, Advice{Text{"The folder is not empty", "文件夹不是空的"}, Text{"Restore into a new folder: --data DIR. Nothing was changed.", "请用 --data DIR 恢复到新文件夹。未作更改。"}}}
	BackupFailed     = Failure{"backup.failed", false, Advice{Text{"The backup could not be written or read", "备份无法写入或读取"}, Text{"Check the disk and the folder, then try again.", "请检查磁盘和文件夹后重试。"}}}
	BackupBroken     = Failure{"backup.broken", false, Advice{Text{"The journal in it does not verify", "其中的交易记录校验不符"}, Text{"Nothing was restored. Use an older backup.", "未恢复任何内容。请用更早的备份。"}}}
)

// What a slip's chain head says of the journal.
var (
	HeadFormat  = Failure{"head.format", false, Advice{Text{"That is no chain head", "不是记录链首"}, Text{"Type it as the settlement slip has it: sixteen digits and letters A to F.", "请按结算单输入：十六位数字或字母 A 至 F。"}}}
	HeadMissing = Failure{"head.missing", false, Advice{Text{"The journal has no row of that hash", "交易记录中没有该链首"}, Text{"Check what you typed. If it is right, this is not the journal that the slip came from, or it was made anew.", "请核对输入。如无误，则此记录不是打印该结算单的记录，或已被重造。"}}}
	HeadFound   = Sentence{Text{"The chain has it: row %d, batch %s, trace %s, %s", "记录链中有此链首：第 %d 行，批次 %s，凭证号 %s，%s"}}
)

// KeyRotated is said when what opens a folder was changed.
var KeyRotated = Text{"The key was changed. What opened the folder before opens it no more.", "密钥已更换，原来的口令或密钥不再有效。"}

// What is asked.
var (
	BackupChoose = Text{"Passphrase for the backup, at least twelve characters (not shown):", "备份口令，至少十二个字符（不显示）："}
	BackupAgain  = Text{"The same passphrase again:", "请再输入一次口令："}
	BackupAsk    = Text{"Passphrase of the backup (not shown):", "备份的口令（不显示）："}
)

// What is said when it is done.
var (
	BackupMade     = Sentence{Text{"Backed up: %s, %d files", "已备份：%s，共 %d 个文件"}}
	BackupAbout    = Sentence{Text{"Terminal %s (%s), made %s: %d rows, batch %s, next trace %s", "终端 %s（%s），制作于 %s：%d 行，批次 %s，下一凭证号 %s"}}
	BackupChain    = Sentence{Text{"Head of the chain: %s", "记录链首：%s"}}
	BackupWhole    = Text{"The backup is whole.", "备份完整。"}
	BackupKeep     = Text{"Keep the passphrase apart from the file. Without it nobody can open the backup.", "请将口令与文件分开保管。没有口令，任何人都无法打开备份。"}
	BackupRestored = Sentence{Text{"Restored into %s: %d files", "已恢复到 %s：共 %d 个文件"}}
	BackupNext     = Sentence{Text{"The next trace number is %s: those that may have been used since the backup are passed over.", "下一凭证号为 %s：备份之后可能用过的凭证号已跳过。"}}
	BackupSince    = Text{"What was sold after the backup is known to the bank only: compare the batch with its slips before you settle.", "备份之后的交易只有银行知道：结算前请与签购单核对本批次。"}
	BackupOld      = Text{"Never use the old folder again: two terminals with one number would give each other's trace numbers out.", "请勿再使用旧文件夹：两台同号终端会重复使用凭证号。"}
	BackupConfig   = Sentence{Text{"The configuration file of then is %s; start with --config.", "当时的配置文件为 %s，请用 --config 启动。"}}
)
