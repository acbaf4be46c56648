/**
 * Staying signed in: access tokens, the refresh grant, and the session record in the token store.
 */
@NullMarked
package dev.latchkey.internal.session;

import org.jspecify.annotations.NullMarked;
