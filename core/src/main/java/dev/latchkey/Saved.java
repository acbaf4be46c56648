package dev.latchkey;

import dev.latchkey.error.TokenStoreFailure;
import org.jspecify.annotations.Nullable;

/**
 * What became of a write.
 *
 * @param overtaken another sign-in, sign-out or redemption counts, and nothing was written
 * @param failure the store failed; the record lives in memory
 */
record Saved(boolean overtaken, @Nullable TokenStoreFailure failure) {
  static final Saved STORED = new Saved(false, null);
  static final Saved OVERTAKEN = new Saved(true, null);
}
