package dev.latchkey.internal.session;

import dev.latchkey.error.TokenStoreFailure;
import org.jspecify.annotations.Nullable;

/**
 * The result of a write.
 *
 * @param overtaken whether nothing was written because another sign-in, sign-out or refresh counts
 * @param failure why the store did not take the record, which now lives in memory; null otherwise
 */
record WriteResult(boolean overtaken, @Nullable TokenStoreFailure failure) {
  static final WriteResult STORED = new WriteResult(false, null);
  static final WriteResult OVERTAKEN = new WriteResult(true, null);
}
