/**
 * Which endpoints an authorization server has: named by the application, derived from Entra's host
 * and tenant, or discovered (OpenID Connect Discovery, RFC 8414).
 */
@NullMarked
package dev.latchkey.internal.metadata;

import org.jspecify.annotations.NullMarked;
