import { PART_BYTES_MAX, SHEETS_MAX } from './limits.ts';
import { refuseDamaged } from './refusal.ts';
import { isTrue, parseXml, prefixedAttribute } from './xml.ts';
import type { ZipParts } from './zip.ts';

export interface SheetPlace {
  readonly name: string;
  readonly isVisible: boolean;
  /** Name of its part. */
  readonly part: string;
}

export interface Workbook {
  /** Worksheets in the order of their tabs; charts and macro sheets left out. */
  readonly sheets: readonly SheetPlace[];
  readonly date1904: boolean;
  /** Parts the workbook names; undefined when it names none. */
  readonly stylesPart: string | undefined;
  readonly stringsPart: string | undefined;
  readonly corePart: string | undefined;
}

interface Relation {
  readonly id: string;
  /** Last word of the type: `worksheet`, `styles`; the same for Transitional and Strict. */
  readonly type: string;
  readonly target: string;
}

const PACKAGE_RELATIONS = '_rels/.rels';
const WORKBOOK_PART = 'xl/workbook.xml';

/** The workbook part, where the package says it is. */
async function workbookPart(parts: ZipParts): Promise<{ part: string; core: string | undefined }> {
  const relations = parts.has(PACKAGE_RELATIONS)
    ? await readRelations(parts, PACKAGE_RELATIONS, '')
    : [];
  const part = relations.find(({ type }) => type === 'officeDocument')?.target ?? WORKBOOK_PART;
  const core = relations.find(({ type }) => type === 'core-properties')?.target;
  return { part, core };
}

export async function readWorkbook(parts: ZipParts): Promise<Workbook> {
  const { part, core } = await workbookPart(parts);
  const { named, date1904 } = await readNamedSheets(parts, part);
  const folder = part.slice(0, part.lastIndexOf('/') + 1);
  const relationsPart = `${folder}_rels/${part.slice(folder.length)}.rels`;
  const relations = await readRelations(parts, relationsPart, folder);
  const targetOf = (type: string) => relations.find((relation) => relation.type === type)?.target;
  const sheets = named.flatMap(({ name, isVisible, id }) => {
    const relation = relations.find((candidate) => candidate.id === id);
    if (!relation) return refuseDamaged(`工作表“${name}”没有内容`);
    return relation.type === 'worksheet' ? [{ name, isVisible, part: relation.target }] : [];
  });
  return {
    sheets,
    date1904,
    stylesPart: targetOf('styles'),
    stringsPart: targetOf('sharedStrings'),
    corePart: core,
  };
}

async function readNamedSheets(parts: ZipParts, part: string) {
  const named: { name: string; isVisible: boolean; id: string | undefined }[] = [];
  let date1904 = false;
  await parseXml('工作簿', parts.read(part, PART_BYTES_MAX.workbook), {
    open: (name, attributes) => {
      if (name === 'workbookPr') date1904 = isTrue(attributes.date1904);
      if (name !== 'sheet' || named.length >= SHEETS_MAX) return;
      named.push({
        name: attributes.name ?? '',
        isVisible: (attributes.state ?? 'visible') === 'visible',
        id: prefixedAttribute(attributes, 'id'),
      });
    },
  });
  return { named, date1904 };
}

async function readRelations(parts: ZipParts, part: string, folder: string): Promise<Relation[]> {
  const relations: Relation[] = [];
  await parseXml('工作簿的关系', parts.read(part, PART_BYTES_MAX.relations), {
    open: (name, { Id: id, Type: type, Target: target, TargetMode: mode }) => {
      if (name !== 'Relationship' || mode === 'External') return;
      if (id === undefined || type === undefined || target === undefined) return;
      relations.push({
        id,
        type: type.slice(type.lastIndexOf('/') + 1),
        target: resolveTarget(folder, target),
      });
    },
  });
  return relations;
}

/** Targets are relative to the folder of the part that names them, or absolute in the package. */
function resolveTarget(folder: string, target: string): string {
  const path = target.startsWith('/') ? target : folder + target;
  const resolved: string[] = [];
  for (const step of path.replaceAll('\\', '/').split('/')) {
    if (step === '..') resolved.pop();
    else if (step !== '' && step !== '.') resolved.push(step);
  }
  return resolved.join('/');
}

/** Core property keywords of the document, where a template keeps a second copy of its mark. */
export async function readKeywords(parts: ZipParts, part: string): Promise<string> {
  let keywords = '';
  let isInside = false;
  await parseXml('文档属性', parts.read(part, PART_BYTES_MAX.properties), {
    open: (name) => {
      isInside = name === 'keywords';
    },
    text: (text) => {
      if (isInside) keywords += text;
    },
    close: () => {
      isInside = false;
    },
  });
  return keywords.trim();
}
