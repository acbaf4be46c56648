package dev.latchkey.graph.internal.transfer;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** A download to a stream, which cannot start over. */
final class StreamSink implements DownloadSink {

  private final OutputStream target;
  private final ContentFingerprint fingerprint;
  private @Nullable ContentVersion version;
  private long have;

  StreamSink(OutputStream target, ContentFingerprint fingerprint) {
    this.target = target;
    this.fingerprint = fingerprint;
  }

  @Override
  public long have() {
    return have;
  }

  @Override
  public @Nullable ContentVersion version() {
    return version;
  }

  @Override
  public boolean begin(ContentVersion fresh) {
    version = fresh;
    return have == 0;
  }

  @Override
  public void write(byte[] bytes, int length) throws IOException {
    target.write(bytes, 0, length);
    fingerprint.update(bytes, length);
    have += length;
  }
}
