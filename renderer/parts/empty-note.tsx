/** What would stand here and the next step. */
export function EmptyNote({ title, next }: { title: string; next: React.ReactNode }) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      <p className="empty-next">{next}</p>
    </div>
  );
}
