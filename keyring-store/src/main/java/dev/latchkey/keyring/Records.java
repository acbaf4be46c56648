package dev.latchkey.keyring;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.store.StoredRecord;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records of any size, each a head and two slots of chunks. A write fills the slot that is not in
 * use and then replaces the head: that one entry is the commit. Readers need no lock; writers of
 * one record have to be alone.
 */
final class Records {

  private static final Logger LOG = LoggerFactory.getLogger(Records.class);
  private static final int MOST_TRIES = 100;

  private final Secrets secrets;
  private final Chunks chunks;

  Records(Secrets secrets) {
    this.secrets = secrets;
    this.chunks = new Chunks(secrets);
  }

  @Nullable Head head(Names names) {
    String text = secrets.get(names.head());
    return text == null ? null : Head.parse(text, names);
  }

  /** The record, or null if there is none; retries while writers get ahead of it. */
  @Nullable StoredRecord read(Names names) {
    Head head = head(names);
    for (int tries = 0; tries < MOST_TRIES && head != null; tries++) {
      String packed = chunks.get(names, head);
      if (packed != null) {
        return new StoredRecord(unpack(names, packed), head.version());
      }
      Head now = head(names);
      if (head.equals(now)) {
        throw Failures.damaged(names.service(), names.head(), "its chunks are missing or changed");
      }
      head = now;
    }
    if (head != null) {
      throw Failures.interruptedLock(names.head());
    }
    return null;
  }

  private static String unpack(Names names, String packed) {
    try {
      return Packed.unpack(packed);
    } catch (DataFormatException e) {
      throw Failures.damaged(names.service(), names.head(), "its text cannot be unpacked");
    }
  }

  /** Puts a content in the place of the one whose head is given, and gives the new version. */
  String replace(Names names, @Nullable Head old, String content) {
    String packed = Packed.pack(content);
    Head fresh = Head.of(old == null ? 0 : 1 - old.slot(), packed);
    chunks.put(names, fresh.slot(), packed);
    commit(names, fresh);
    tidy(names, fresh);
    return fresh.version();
  }

  /** A head that was set may be there although the call failed: what counts is what is read. */
  private void commit(Names names, Head fresh) {
    TokenStoreFailure failure = null;
    try {
      secrets.set(names.head(), fresh.text());
    } catch (TokenStoreFailure e) {
      failure = e;
    }
    String kept;
    try {
      kept = secrets.get(names.head());
    } catch (TokenStoreFailure e) {
      if (failure != null) {
        e.addSuppressed(failure);
      }
      throw e;
    }
    if (!fresh.text().equals(kept)) {
      throw failure != null ? failure : Failures.notDurable(names.head(), "keep", null);
    }
    secrets.flush();
  }

  /** The write is done: what cannot be tidied up now is tidied up by the next one. */
  private void tidy(Names names, Head fresh) {
    try {
      chunks.clear(names, fresh.slot(), fresh.chunks());
      chunks.clear(names, 1 - fresh.slot(), 0);
    } catch (TokenStoreFailure e) {
      LOG.debug("Leaving the old chunks of {} to the next write", names.head(), e);
    }
  }

  /** Deletes the head, which is what counts, and then the chunks. */
  void remove(Names names) {
    chunks.delete(names.head());
    sweep(names);
    secrets.flush();
  }

  /** Deletes the chunks of a record that has no head. */
  void sweep(Names names) {
    chunks.clearAll(names, 0);
    chunks.clearAll(names, 1);
  }

  /** Fills the slot that the next write will fill, which proves that it can be. */
  void prepare(Names names, @Nullable Head head, int length) {
    int slot = head == null ? 0 : 1 - head.slot();
    chunks.put(names, slot, "x".repeat(length));
    if (head == null) {
      chunks.clear(names, slot, 0);
    }
  }
}
