import { Modal } from 'antd';
import type { Order, UnitStatus } from '../../../shared/ipc/data.ts';
import { ask } from '../../bridge.ts';
import { common } from '../../text/common.ts';
import { menu as words } from '../../text/frame.ts';
import { heldByOutage } from '../notices/outage.ts';
import { notices, outageText } from '../../text/notices.ts';
import { noticesOf } from '../../state/notices.ts';
import { draftCount } from './notice.ts';

interface QuitDialogProps {
  readonly unit: UnitStatus;
  /** Orders left to the opening. */
  readonly waiting: readonly Order[];
  readonly open: boolean;
  readonly onClose: () => void;
}

/** 退出系统: says what stays on this computer. */
export function QuitDialog({ unit, waiting, open, onClose }: QuitDialogProps) {
  const held = heldByOutage(noticesOf(unit), waiting);
  return (
    <Modal
      // the window itself never scrolls, and the lock's style has no nonce
      scrollLock={false}
      open={open}
      title={words.quitQuestion}
      closable={{ 'aria-label': common.close }}
      okText={words.quit}
      cancelText={common.close}
      onOk={() => void ask('app.quit', {})}
      onCancel={onClose}
    >
      <p>{words.quitDrafts(draftCount(unit))}</p>
      {waiting.length > 0 && <p>{words.quitWaiting(waiting.length)}</p>}
      {held && <p className="warn">{notices.quit(held.count, outageText(held.outage))}</p>}
      {unit.openOrders > 0 && <p>{words.quitOpen(unit.openOrders)}</p>}
    </Modal>
  );
}
