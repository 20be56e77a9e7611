import type { Causes } from './cause.ts';

export const dataCauses = {
  DB_NEWER: '这台电脑装过更新的版本，数据已按新版本整理；旧版本打开会损坏它，所以拒绝打开。',
  DB_DAMAGED: '磁盘故障、突然断电，或者别的软件改动了数据文件，使它读不出来或前后不一致。',
  DB_KEY_LOST:
    '数据文件还在，但打开它的密钥不在了，例如换了 Windows 用户、重装过系统，或只复制了数据文件。',
  DB_MIGRATION_FAILED: '新版本要先整理旧数据，整理中途失败，已全部退回到升级之前的样子。',
  DB_FULL: '存放数据的磁盘满了，写不进新的内容。',
  DB_NOT_WRITABLE:
    '数据文件或所在的文件夹设成了只读、当前的系统用户没有写入的权限、磁盘出错，或者文件被别的软件占用。',
  DB_UNIT_MISMATCH: '文件夹里的数据文件属于另一个单位，可能是复制错了文件夹或配置。',
  BACKUP_FAILED: '备份文件没有写完，或者写完后核对不一致：文件夹不可写、U 盘拔出、磁盘故障等。',
  BACKUP_NO_SPACE: '放备份的磁盘空间不够。',
  BACKUP_UNREADABLE: '文件不是本程序的备份，或者复制时没有复制完整、后来被改动过。',
  BACKUP_OTHER_UNIT: '备份里写明的单位与现在登录的单位不同。',
  BACKUP_NEWER: '备份是用更新版本的程序做的，当前版本不认识其中的内容。',
  BACKUP_LOCKED:
    '做备份时还没有联机登录过，备份里没有放入可以用网银盾取出的密钥，所以离开原来的电脑就打不开。',
  BACKUP_OTHER_KEY:
    '在另一台电脑上打开备份，要用做备份时的那个网银盾来取出密钥；现在插的是另一个。',
  BACKUP_PASSWORD:
    '备份的密钥同时由做备份时的交易密码保护；后来改过交易密码的，现在的密码打不开它。',
  BACKUP_FORKED:
    '同一批业务或同一张回执，备份里和本机上的内容不一样。程序不能判断哪一份是真的，所以一份也不改。',
} as const satisfies Causes;

export const signInCauses = {
  PASSWORD_WRONG: '交易密码输错：大小写、输入法全角或半角、数字小键盘没有打开都可能。',
  PASSWORD_LOCKED: '连续多次输错交易密码，中心（或离线时的本机）暂停登录，防止别人试密码。',
  FIRST_SIGN_IN_ONLINE: '离线登录要用上次联机登录留下的凭据核对密码，这台电脑上还没有。',
  NOT_SIGNED_IN: '还没有登录，或者后台程序重启后需要再登录一次。',
  SYNC_REQUIRED: '这台电脑上还没有本单位的职工信息，不同步就无法查询和核对。',
  SIGN_IN_INTERRUPTED: '登录的几个步骤之间中断了，例如网络断开或网银盾被拔出。',
} as const satisfies Causes;
