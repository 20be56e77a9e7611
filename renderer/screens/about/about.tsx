import type { UnitStatus } from '../../../shared/ipc/data.ts';
import { useDescription } from '../../state/description.ts';
import { openScreen } from '../../state/navigation.ts';
import { about as words } from '../../text/about.ts';
import { common } from '../../text/common.ts';

/** 帮助: versions, and what practice is. */
export function About({ unit }: { unit: UnitStatus }) {
  const { version, banner, versions, dataProtected } = useDescription();
  const { parameters } = unit;
  return (
    <section className="page" aria-label={words.title}>
      <h1>{common.product}</h1>
      <dl className="facts">
        <div>
          <dt>{words.version}</dt>
          <dd>{version}</dd>
        </div>
        <div>
          <dt>{words.unit}</dt>
          <dd>
            {unit.unitName} {unit.unitAccount}
          </dd>
        </div>
        <div>
          <dt>{words.runtime}</dt>
          <dd>
            Electron {versions.electron} · Chromium {versions.chrome} · Node {versions.node}
          </dd>
        </div>
        <div>
          <dt>{words.data}</dt>
          <dd>{dataProtected ? words.dataProtected : words.dataPractice}</dd>
        </div>
        {parameters && (
          <div>
            <dt>{words.parameters}</dt>
            <dd>
              {parameters.version}
              {parameters.source === 'demo' && `（${words.demoParameters}）`}
            </dd>
          </div>
        )}
      </dl>
      {banner && <p className="practice-note">{words.practiceAbout}</p>}
      <p>
        <button
          type="button"
          className="link"
          onClick={() => {
            openScreen('help', { page: 'topic', topic: 'start' });
          }}
        >
          {words.help}
        </button>
      </p>
    </section>
  );
}
