import { Modal } from 'antd';
import { useEffect } from 'react';
import { closeHelpOver, isHelpOver, openHelpOver, useHelpOver } from '../../state/help.ts';
import { openHelpHere } from '../../state/navigation.ts';
import { useWindowStatus } from '../../state/window-status.ts';
import { common } from '../../text/common.ts';
import { help as words } from '../../text/help.ts';
import { HelpView } from './help-view.tsx';

const WIDTH_PX = 1080;
/** Above every other dialogue: those it may be asked about begin at 1000. */
const LAYER = 1500;

/** The help over whatever the window shows: by F1, and from a failure. */
export function HelpDialogue() {
  const place = useHelpOver();
  const isSignedIn = Boolean(useWindowStatus()?.unit);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'F1') return;
      event.preventDefault();
      if (isHelpOver()) return;
      if (isSignedIn) openHelpHere();
      else openHelpOver({ page: 'topic', topic: 'start' });
    };
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onKey);
    };
  }, [isSignedIn]);
  return (
    <Modal
      // the window itself never scrolls, and the lock's style has no nonce
      scrollLock={false}
      open={place !== null}
      title={words.title}
      footer={null}
      closable={{ 'aria-label': common.close }}
      width={WIDTH_PX}
      zIndex={LAYER}
      centered
      destroyOnHidden
      className="help-dialogue"
      onCancel={closeHelpOver}
    >
      {place && <HelpView place={place} go={openHelpOver} />}
    </Modal>
  );
}
