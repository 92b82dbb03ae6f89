/** The style nonce of this page load. Hosts replace the placeholder in index.html; a development server leaves it. */
export function styleNonce(): string | undefined {
  const content = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;
  return content === undefined || content === "" || content === "__NONCE__" ? undefined : content;
}
