package dev.latchkey.wire;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;

/**
 * A form on its way, which knows whether the HTTP client ever asked for its bytes. If not, then
 * they cannot have left, whatever the failure was: that is proof where the type of an exception is
 * not.
 */
final class FormBody implements BodyPublisher {

  private final BodyPublisher bytes;
  private volatile boolean read;

  FormBody(Form form) {
    bytes = BodyPublishers.ofString(form.encode());
  }

  @Override
  public long contentLength() {
    return bytes.contentLength();
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    read = true;
    bytes.subscribe(subscriber);
  }

  boolean wasRead() {
    return read;
  }
}
