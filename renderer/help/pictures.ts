/** Address of each picture of the folder by its name; build/help-pictures.mjs makes them. */
const files = import.meta.glob<string>('./pictures/*.png', {
  eager: true,
  query: '?url',
  import: 'default',
});

export const pictureFiles: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(files).map(([file, address]) => [file.replace(/^.*\/|\.png$/g, ''), address]),
);
