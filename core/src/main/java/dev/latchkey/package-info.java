/**
 * Sign-in with the OAuth 2.0 device authorization grant and token refresh for public clients:
 * programs that run on a person's own machine and can keep no client secret.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8628">RFC 8628</a>
 */
@NullMarked
package dev.latchkey;

import org.jspecify.annotations.NullMarked;
