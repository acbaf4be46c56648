package dev.latchkey;

import java.util.Set;

/**
 * The requested and the granted scopes of a token. Each token logs them at DEBUG.
 *
 * @param requested the scopes that the application requested
 * @param granted the scopes that the server named; the requested scopes if it named none
 * @param missing the scopes that were requested and not granted
 * @param extra the scopes that were granted and not requested
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-3.3">RFC 6749 §3.3</a>
 * @see SignInOptions
 */
public record ScopeAudit(
    Set<String> requested, Set<String> granted, Set<String> missing, Set<String> extra) {}
