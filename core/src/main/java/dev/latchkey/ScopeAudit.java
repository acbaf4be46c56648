package dev.latchkey;

import java.util.Set;

/**
 * What was asked for and what was given. Each token logs the same at DEBUG.
 *
 * @param requested the scopes that the application asked for
 * @param granted the scopes that the server named; the requested ones if it named none
 * @param missing requested and not granted
 * @param extra granted and not requested
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-3.3">RFC 6749 §3.3</a>
 */
public record ScopeAudit(
    Set<String> requested, Set<String> granted, Set<String> missing, Set<String> extra) {}
