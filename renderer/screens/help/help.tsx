import { showHelp, useHelpScreen } from '../../state/help.ts';
import { help as words } from '../../text/help.ts';
import { HelpView } from './help-view.tsx';

/** 使用说明 */
export function Help() {
  return (
    <section className="help-screen" aria-label={words.title}>
      <HelpView place={useHelpScreen()} go={showHelp} />
    </section>
  );
}
