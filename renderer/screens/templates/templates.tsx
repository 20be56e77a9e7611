import { Button } from 'antd';
import type { Failure } from '../../../shared/errors/result.ts';
import type { UnitStatus } from '../../../shared/ipc/data.ts';
import { entryKindSchema } from '../../../shared/wire/primitives.ts';
import type { EntryKind } from '../../../shared/wire/primitives.ts';
import { ask } from '../../bridge.ts';
import { FailureNote } from '../../parts/failure-note.tsx';
import { batchScreens, openScreen } from '../../state/navigation.ts';
import { createStore } from '../../state/store.ts';
import { batch, batchKindWords } from '../../text/batch.ts';
import { templates as words } from '../../text/templates.ts';

/** What became of the last download of each kind; kept while another screen is shown. */
type Download =
  | { readonly state: 'busy' }
  | { readonly state: 'saved'; readonly path: string }
  | { readonly state: 'failed'; readonly failure: Failure };
const downloads = createStore<Readonly<Partial<Record<EntryKind, Download>>>>({});

function setDownload(kind: EntryKind, download: Download | undefined): void {
  const others = Object.entries(downloads.get()).filter(([one]) => one !== kind);
  downloads.set({ ...Object.fromEntries(others), ...(download ? { [kind]: download } : {}) });
}

async function download(kind: EntryKind): Promise<void> {
  const before = downloads.get()[kind];
  if (before?.state === 'busy') return;
  setDownload(kind, { state: 'busy' });
  const answer = await ask('batch.saveTemplate', { kind });
  if (!answer.ok) setDownload(kind, { state: 'failed', failure: answer });
  else if (answer.value.path === null) setDownload(kind, before);
  else setDownload(kind, { state: 'saved', path: answer.value.path });
}

/** 批量业务文本格式下载 (manual 五(三)): four templates, where each was saved, and how to fill them. */
export function Templates({ unit }: { unit: UnitStatus }) {
  return (
    <section className="page" aria-label={words.title}>
      <h1>{words.title}</h1>
      <p className="muted">{words.about}</p>
      {!unit.parameters && <p className="warn">{batch.policyMissing}</p>}
      <ul className="templates" aria-label={words.list}>
        {entryKindSchema.options.map((kind) => (
          <Template key={kind} kind={kind} canSave={unit.parameters !== null} />
        ))}
      </ul>
      <h2 id="templates-advice">{words.advice}</h2>
      <ul className="plain-list" aria-labelledby="templates-advice">
        {words.rules.map((rule) => (
          <li key={rule}>{rule}</li>
        ))}
      </ul>
    </section>
  );
}

function Template({ kind, canSave }: { kind: EntryKind; canSave: boolean }) {
  const state = downloads.use()[kind];
  const name = batchKindWords[kind];
  return (
    <li className="template">
      <div className="template-line">
        <strong>{name}</strong>
        <span className="muted">{words.what[kind]}</span>
        <Button
          aria-label={words.downloadOf(name)}
          disabled={!canSave}
          loading={state?.state === 'busy'}
          onClick={() => void download(kind)}
        >
          {state?.state === 'busy' ? words.busy : words.download}
        </Button>
      </div>
      {state?.state === 'failed' && (
        <FailureNote code={state.failure.code} detail={state.failure.detail} />
      )}
      {state?.state === 'saved' && (
        <p className="template-saved" role="status">
          <span className="good">{words.saved(state.path)}</span>
          <button
            type="button"
            className="link"
            onClick={() => {
              openScreen(batchScreens[kind]);
            }}
          >
            {words.open(name)}
          </button>
        </p>
      )}
    </li>
  );
}
