package dev.latchkey.internal.session;

import dev.latchkey.error.TokenStoreFailure;
import org.jspecify.annotations.Nullable;

/**
 * What became of a write.
 *
 * @param overtaken another sign-in, sign-out or redemption counts, and nothing was written
 * @param failure the store failed; the record lives in memory
 */
public record WriteResult(boolean overtaken, @Nullable TokenStoreFailure failure) {
  static final WriteResult STORED = new WriteResult(false, null);
  static final WriteResult OVERTAKEN = new WriteResult(true, null);
}
