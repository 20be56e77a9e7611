/** A query for the first rows of those that match. */
export function firstRows(limit: number, text = '') {
  return {
    text,
    sort: 'personalAccount' as const,
    descending: false,
    offset: 0,
    limit,
  };
}
