import { Modal } from 'antd';
import type { UnitStatus } from '../../../shared/ipc/data.ts';
import { ask } from '../../bridge.ts';
import { common } from '../../text/common.ts';
import { menu as words } from '../../text/frame.ts';
import { draftCount } from './notice.ts';

interface QuitDialogProps {
  readonly unit: UnitStatus;
  /** Orders left to the opening. */
  readonly waiting: number;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** 退出系统: says what stays on this computer. */
export function QuitDialog({ unit, waiting, open, onClose }: QuitDialogProps) {
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
      {waiting > 0 && <p>{words.quitWaiting(waiting)}</p>}
      {unit.openOrders > 0 && <p>{words.quitOpen(unit.openOrders)}</p>}
    </Modal>
  );
}
