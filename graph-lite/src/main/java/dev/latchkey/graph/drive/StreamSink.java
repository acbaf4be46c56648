package dev.latchkey.graph.drive;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** A stream: what was written stays written. */
final class StreamSink implements Sink {

  private final OutputStream target;
  private final Fingerprint fingerprint = new Fingerprint();
  private @Nullable Version version;
  private long have;

  StreamSink(OutputStream target) {
    this.target = target;
  }

  @Override
  public long have() {
    return have;
  }

  @Override
  public @Nullable Version version() {
    return version;
  }

  @Override
  public boolean begin(Version fresh) {
    version = fresh;
    return have == 0;
  }

  @Override
  public void write(byte[] bytes, int length) throws IOException {
    target.write(bytes, 0, length);
    fingerprint.update(bytes, length);
    have += length;
  }

  Fingerprint fingerprint() {
    return fingerprint;
  }
}
