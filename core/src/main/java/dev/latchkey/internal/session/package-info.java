/**
 * Staying signed in: access tokens from the cache, the refresh grant, and the session record in the
 * token store. {@code CachedTokenSource} is where a call enters; {@code SessionStore} explains the
 * locks. One package, although it has about twenty files: they share the record and its lock, and
 * each half of a split would have to expose them to the other.
 */
@NullMarked
package dev.latchkey.internal.session;

import org.jspecify.annotations.NullMarked;
