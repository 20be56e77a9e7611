import {
  manifestBodySchema,
  pageBodySchema,
  rosterReceiptBodySchema,
} from '../../../shared/wire/roster.ts';
import { parametersBodySchema } from '../../../shared/wire/parameters.ts';
import type { Admitted } from './admission.ts';
import { accept, type Centre, refuse, type Reply } from './centre.ts';
import { currentParameters, findUnit } from './parameters.ts';

/** The reading transactions about roster and parameters; the session has been checked before. */

/** WL3001: what there is to download, full or as a delta, with every page's hash. */
export function sendManifest(centre: Centre, { request, nowMs }: Admitted): Reply {
  const body = manifestBodySchema.safeParse(request.body);
  const unit = findUnit(centre, request.unit);
  if (!body.success || !unit) return refuse('WLP203');
  return accept(
    centre.downloads.begin({
      unit: unit.account,
      sid: request.sid,
      have: body.data.have,
      version: unit.roster_version,
      asOf: new Date(nowMs).toISOString(),
    }),
  );
}

/** WL3002 */
export function sendPage(centre: Centre, { request }: Admitted): Reply {
  const body = pageBodySchema.safeParse(request.body);
  if (!body.success) return refuse('WLP203');
  const { downloadId, page } = body.data;
  const content = centre.downloads.readPage(downloadId, request.sid, page);
  return content === undefined ? refuse('WLD601') : accept({ downloadId, page, content });
}

/** WL3003: the client says what digest it came to. */
export function takeRosterReceipt(centre: Centre, { request }: Admitted): Reply {
  const body = rosterReceiptBodySchema.safeParse(request.body);
  if (!body.success) return refuse('WLP203');
  const matches = centre.downloads.matches(body.data.downloadId, request.sid, body.data.digest);
  return matches === undefined ? refuse('WLD601') : accept({ matches });
}

/** WL4001: the parameters, unless the client has this version already. */
export function sendParameters(centre: Centre, { request, nowMs }: Admitted): Reply {
  const body = parametersBodySchema.safeParse(request.body);
  const unit = findUnit(centre, request.unit);
  if (!body.success || !unit) return refuse('WLP203');
  const parameters = currentParameters(centre, unit, nowMs);
  return accept(parameters.version === body.data.have ? {} : { parameters });
}
