/**
 * A path beside a report as a link, for HTML and Markdown: each name stands for itself, whatever signs it has, and none is
 * taken for a scheme such as `javascript:`.
 */
export const linkOf = (path: string): string =>
  path
    .split('/')
    .map((name) => nameInLink(name))
    .join('/');

const nameInLink = (name: string): string =>
  encodeURIComponent(name.replace(/\p{Cs}/gu, '\ufffd')).replace(
    /[!'()*~]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
