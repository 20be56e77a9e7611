import { Button, Select } from 'antd';
import { useState } from 'react';
import { BATCH_ROWS_MAX } from '../../../shared/ipc/import.ts';
import { fundTypeLabels } from '../../../shared/rules/policy.ts';
import type { Parameters } from '../../../shared/wire/parameters.ts';
import type { EntryKind, FundType } from '../../../shared/wire/primitives.ts';
import { FailureNote } from '../../parts/failure-note.tsx';
import { openScreen } from '../../state/navigation.ts';
import { batch as words, batchKindWords } from '../../text/batch.ts';
import { cancelImport, importFile, useImporting } from './importing.ts';
import type { ImportProgress } from './importing.ts';

interface ImportButtonProps {
  readonly kind: EntryKind;
  readonly parameters: Parameters;
  readonly isPrimary: boolean;
}

/** 从Excel导入, with the fund chosen before it where the unit has more than one. */
export function ImportButton({ kind, parameters, isPrimary }: ImportButtonProps) {
  const { fundTypes } = parameters.terms;
  const [chosen, setChosen] = useState<FundType>();
  const isRunning = useImporting().state === 'running';
  const fundType = chosen ?? fundTypes[0];
  if (fundType === undefined) return null;
  return (
    <div className="buttons import-choice">
      {fundTypes.length > 1 && (
        <Select
          aria-label={words.fund}
          value={fundType}
          options={fundTypes.map((value) => ({ value, label: fundTypeLabels[value] }))}
          onChange={setChosen}
        />
      )}
      <Button
        type={isPrimary ? 'primary' : 'default'}
        disabled={isRunning}
        onClick={() => void importFile(kind, fundType)}
      >
        {isPrimary ? words.import : words.importAnother}
      </Button>
    </div>
  );
}

/** Nothing brought in yet: the three steps, with the buttons where they belong. */
export function ImportSteps({ kind, parameters }: Omit<ImportButtonProps, 'isPrimary'>) {
  const actions = [
    <Button
      key="templates"
      onClick={() => {
        openScreen('templates');
      }}
    >
      {words.toTemplates}
    </Button>,
    null,
    <ImportButton key="import" kind={kind} parameters={parameters} isPrimary />,
  ];
  return (
    <section className="import-steps" aria-label={words.start}>
      <h2>{words.start}</h2>
      <ol>
        {words.steps.map(({ title, text }, at) => (
          <li key={title}>
            <span className="import-number" aria-hidden="true">
              {at + 1}
            </span>
            <div>
              <strong>{title}</strong>
              <p className="muted">{text}</p>
            </div>
            {actions[at]}
          </li>
        ))}
      </ol>
      <p className="muted">{words.formats(BATCH_ROWS_MAX)}</p>
    </section>
  );
}

/** The import under way, or why the last one came to nothing. */
export function ImportState({ kind }: { kind: EntryKind }) {
  const importing = useImporting();
  if (importing.state === 'failed' && importing.kind === kind) {
    return <FailureNote code={importing.failure.code} detail={importing.failure.detail} />;
  }
  if (importing.state !== 'running') return null;
  if (importing.kind !== kind) {
    return <p className="muted">{words.elsewhere(batchKindWords[importing.kind])}</p>;
  }
  return <Running progress={importing.progress} />;
}

function Running({ progress }: { progress: ImportProgress | undefined }) {
  return (
    <div className="import-running" role="status">
      {progress && <span className="spinner" aria-hidden="true" />}
      <div>
        <strong>{progress ? words.importing : words.choosing}</strong>
        <p className="muted">
          {progress ? `${saidOf(progress)}${words.goOn}` : words.choosingNext}
        </p>
      </div>
      {progress && <Button onClick={() => void cancelImport()}>{words.cancel}</Button>}
    </div>
  );
}

/** How far it has come: read first, then checked. */
function saidOf({ phase, rows }: ImportProgress): string {
  return phase === 'reading' ? words.read(rows) : words.checked(rows);
}
