import { Input, Segmented } from 'antd';
import type { ApplicationFields } from '../../../shared/ipc/documents.ts';
import type { UnitStatus } from '../../../shared/ipc/data.ts';
import { DocumentButtons } from '../../parts/document-buttons.tsx';
import { createStore } from '../../state/store.ts';
import { application as words, documents } from '../../text/documents.ts';

type Action = 'open' | 'close';

const empty: ApplicationFields = {
  creditCode: '',
  address: '',
  legalPerson: '',
  phone: '',
  clerkName: '',
  clerkIdNumber: '',
  clerkPhone: '',
  reason: '',
};

/** What was typed stays while the program is open, and goes with it. */
const typed = createStore<{ action: Action; fields: ApplicationFields }>({
  action: 'open',
  fields: empty,
});

const ofBoth = [
  'creditCode',
  'address',
  'legalPerson',
  'phone',
  'clerkName',
  'clerkIdNumber',
  'clerkPhone',
] as const satisfies readonly (keyof ApplicationFields)[];

const LINE_CHARACTERS_MAX = 60;

/** 系统管理 → 申请表: 开通 / 终止申请表 in three parts (manual 一(三)), filled in here or with the pen. */
export function Applications({ unit }: { unit: UnitStatus }) {
  const { action, fields } = typed.use();
  const title = words.fileOf[action];
  const shown = action === 'close' ? [...ofBoth, 'reason' as const] : ofBoth;
  return (
    <section className="page applications" aria-label={words.title}>
      <div className="full-head">
        <h1>{words.title}</h1>
        <div className="buttons push">
          <DocumentButtons
            primary
            title={title}
            fileName={`${title}-${unit.unitAccount}`}
            request={{ document: 'application', action, fields }}
          />
        </div>
      </div>
      <p className="muted">{words.about}</p>
      <p className="muted">{words.notKept}</p>
      <div className="application-fields">
        <span id="application-action">{words.action}</span>
        <Segmented<Action>
          aria-labelledby="application-action"
          className="application-action"
          value={action}
          options={(['open', 'close'] as const).map((value) => ({
            value,
            label: words.actions[value],
          }))}
          onChange={(next) => {
            typed.set({ action: next, fields });
          }}
        />
        <span>{documents.unit}</span>
        <span>{unit.unitName}</span>
        <span>{documents.unitAccount}</span>
        <span>{unit.unitAccount}</span>
        {shown.map((key) => (
          <Field
            key={key}
            name={key}
            value={fields[key]}
            onChange={(value) => {
              typed.set({ action, fields: { ...fields, [key]: value } });
            }}
          />
        ))}
      </div>
    </section>
  );
}

interface FieldProps {
  readonly name: keyof ApplicationFields;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Field({ name, value, onChange }: FieldProps) {
  const id = `application-${name}`;
  return (
    <>
      <label htmlFor={id}>{words.fields[name]}</label>
      <Input
        id={id}
        autoComplete="off"
        maxLength={LINE_CHARACTERS_MAX}
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
    </>
  );
}
