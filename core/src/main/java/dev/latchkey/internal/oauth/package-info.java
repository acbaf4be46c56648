/** Requests to an authorization server, and its replies, read into typed values. */
@NullMarked
package dev.latchkey.internal.oauth;

import org.jspecify.annotations.NullMarked;
