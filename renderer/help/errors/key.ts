import type { Causes } from './cause.ts';

export const keyCauses = {
  KEY_DRIVER_MISSING: '电脑上没有安装银行的网银盾驱动，或者配置里写的驱动位置不对。',
  KEY_DRIVER_FAILED: '网银盾驱动返回了错误，可能是接触不良、USB 口供电不足，或者驱动本身出错。',
  KEY_ABSENT: '没有插入网银盾，或者 USB 口接触不良，驱动看不到它。',
  KEY_REMOVED: '网银盾在使用中被拔出。拔出后口令失效，这是网银盾的保护。',
  KEY_LATE: '网银盾或驱动长时间没有反应，程序已放弃等待。带按键的网银盾没有及时按确认键也会这样。',
  KEY_NO_CERTIFICATE:
    '网银盾里的证书不能用于本单位：已过期、不是本单位的、不是银行签发的，或者网银盾里没有证书。',
  KEY_CERTIFICATE_CHOICE: '插着不止一个网银盾，或者一个网银盾里有几张可用的证书，程序不代为选择。',
  KEY_NOT_LOGGED_IN: '网银盾插着，但这次打开程序后还没有输入口令，或者口令因拔插而失效。',
  KEY_SIGNATURE_BAD: '网银盾交回的签名核对不上，程序没有把它发出去。多为驱动或网银盾故障。',
  KEY_PRIVATE_MISSING: '网银盾里有证书，却没有与它成对的私钥，多为制盾或更新证书时没有完成。',
  PIN_WRONG: '口令与网银盾里的不一致。大小写、全角半角、数字小键盘没有打开都可能。',
  PIN_WRONG_LAST_TRY: '口令已连续输错多次，网银盾只允许再试一次。',
  PIN_LAST_TRY_UNCONFIRMED: '只剩一次机会时，程序要求先勾选确认，防止误输锁死网银盾。',
  PIN_LOCKED: '口令连续输错达到上限，网银盾自己锁住了。程序和中心都不能解开。',
  PIN_FORMAT: '口令的位数不在这个网银盾允许的范围内，程序没有交给网银盾核对。',
  PIN_UNSET: '新领的网银盾还没有设置过口令。',
} as const satisfies Causes;
