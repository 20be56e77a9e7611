import { Modal } from 'antd';
import type { UnitStatus } from '../../../shared/ipc/data.ts';
import { ask } from '../../bridge.ts';
import { common } from '../../text/common.ts';
import { menu as words } from '../../text/frame.ts';

interface QuitDialogProps {
  readonly unit: UnitStatus;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** 退出系统: says what stays on this computer. */
export function QuitDialog({ unit, open, onClose }: QuitDialogProps) {
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
      <p>{words.quitDrafts(unit.queueCounts.registration)}</p>
      {unit.openOrders > 0 && <p>{words.quitOpen(unit.openOrders)}</p>}
    </Modal>
  );
}
