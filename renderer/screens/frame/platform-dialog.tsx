import { Modal } from 'antd';
import type { WindowStatus } from '../../../shared/ipc/window.ts';
import { closePlatform, reconnect, usePlatformDialog } from '../../state/reconnect.ts';
import { common } from '../../text/common.ts';
import { platform as words } from '../../text/platform.ts';
import { PlatformForm } from '../platform/platform-form.tsx';

interface PlatformDialogProps {
  readonly status: WindowStatus;
  readonly unitAccount: string;
}

/** 启动外联平台 after sign-in, when the key was pulled or the clerk began offline. */
export function PlatformDialog({ status, unitAccount }: PlatformDialogProps) {
  const open = usePlatformDialog();
  return (
    <Modal
      // the window itself never scrolls, and the lock's style has no nonce
      scrollLock={false}
      open={open}
      title={words.title}
      footer={null}
      closable={{ 'aria-label': common.close }}
      width={600}
      destroyOnHidden
      mask={{ closable: false }}
      onCancel={closePlatform}
    >
      <PlatformForm
        unitAccount={unitAccount}
        status={status}
        onReady={() => {
          closePlatform();
          void reconnect();
        }}
      />
    </Modal>
  );
}
