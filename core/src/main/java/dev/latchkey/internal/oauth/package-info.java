/** OAuth requests, replies, metadata and errors, read into typed values. */
@NullMarked
package dev.latchkey.internal.oauth;

import org.jspecify.annotations.NullMarked;
