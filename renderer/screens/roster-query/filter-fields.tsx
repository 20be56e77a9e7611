import { Button, Input, Select } from 'antd';
import type { InputRef } from 'antd';
import { useEffect, useRef } from 'react';
import { fundTypeWords } from '../../text/common.ts';
import { rosterQuery as words } from '../../text/roster-query.ts';
import { readRange } from './amount-range.ts';
import type { TypedRange } from './amount-range.ts';
import { isFiltered, noFilter } from './roster-filter.ts';
import type { RosterFilter } from './roster-filter.ts';

interface FilterFieldsProps {
  readonly filter: RosterFilter;
  readonly onFilter: (filter: RosterFilter) => void;
}

const textFields = [
  { key: 'personalAccount', label: words.personalAccount, longest: 12 },
  { key: 'name', label: words.name, longest: 60 },
  { key: 'idNumber', label: words.idNumber, longest: 30 },
] as const;

const statusOptions = [
  { value: '', label: words.all },
  { value: '01', label: words.statusWords['01'] },
  { value: '02', label: words.statusWords['02'] },
];
const fundOptions = [
  { value: '', label: words.all },
  { value: '10', label: fundTypeWords['10'] },
  { value: '11', label: fundTypeWords['11'] },
];

/** One box over everything, and a field for each thing the manual lets ask for. */
export function FilterFields({ filter, onFilter }: FilterFieldsProps) {
  const search = useRef<InputRef>(null);
  useEffect(() => {
    search.current?.focus();
  }, []);
  return (
    <search className="filters">
      <div className="filter filter-wide">
        <label htmlFor="roster-text">{words.search}</label>
        <Input
          ref={search}
          id="roster-text"
          type="search"
          autoComplete="off"
          maxLength={60}
          placeholder={words.searchHint}
          value={filter.text}
          onChange={(event) => {
            onFilter({ ...filter, text: event.target.value });
          }}
        />
      </div>
      {textFields.map(({ key, label, longest }) => (
        <div className="filter" key={key}>
          <label htmlFor={`roster-${key}`}>{label}</label>
          <Input
            id={`roster-${key}`}
            autoComplete="off"
            maxLength={longest}
            value={filter[key]}
            onChange={(event) => {
              onFilter({ ...filter, [key]: event.target.value });
            }}
          />
        </div>
      ))}
      <div className="filter filter-narrow">
        <label htmlFor="roster-status">{words.status}</label>
        <Select
          id="roster-status"
          value={filter.status}
          options={statusOptions}
          onChange={(status: RosterFilter['status']) => {
            onFilter({ ...filter, status });
          }}
        />
      </div>
      <div className="filter">
        <label htmlFor="roster-fund">{words.fundType}</label>
        <Select
          id="roster-fund"
          value={filter.fundType}
          options={fundOptions}
          onChange={(fundType: RosterFilter['fundType']) => {
            onFilter({ ...filter, fundType });
          }}
        />
      </div>
      {(['base', 'monthly'] as const).map((key) => (
        <RangeFields
          key={key}
          name={key}
          range={filter[key]}
          onRange={(range) => {
            onFilter({ ...filter, [key]: range });
          }}
        />
      ))}
      <Button
        disabled={!isFiltered(filter)}
        onClick={() => {
          onFilter({ ...noFilter, sort: filter.sort, descending: filter.descending });
          search.current?.focus();
        }}
      >
        {words.clear}
      </Button>
    </search>
  );
}

interface RangeFieldsProps {
  readonly name: 'base' | 'monthly';
  readonly range: TypedRange;
  readonly onRange: (range: TypedRange) => void;
}

/** An amount from and to; what cannot be asked for is told beside the name. */
function RangeFields({ name, range, onRange }: RangeFieldsProps) {
  const what = words.ranges[name];
  const { problem } = readRange(range);
  const end = (key: keyof TypedRange, label: string, hint: string) => (
    <Input
      id={`roster-${name}-${key}`}
      aria-label={label}
      autoComplete="off"
      inputMode="decimal"
      maxLength={20}
      placeholder={hint}
      value={range[key]}
      {...(problem && range[key].trim() !== '' ? { status: 'error' as const } : {})}
      onChange={(event) => {
        onRange({ ...range, [key]: event.target.value });
      }}
    />
  );
  return (
    <div className="filter filter-range">
      <label htmlFor={`roster-${name}-from`}>
        {what}
        {problem && <span className="bad"> {words.rangeProblems[problem]}</span>}
      </label>
      <div className="range-ends" role="group" aria-label={what}>
        {end('from', words.rangeFrom(what), words.from)}
        <span aria-hidden>–</span>
        {end('to', words.rangeTo(what), words.to)}
      </div>
    </div>
  );
}
